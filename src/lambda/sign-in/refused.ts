/** A person is not let in. The message is for the log; that somebody is in no group is told to the person. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly isMember: boolean;

  constructor(message: string, isMember = true) {
    super(message);
    this.isMember = isMember;
  }
}
