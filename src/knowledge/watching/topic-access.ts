import type { Topic, TopicKey } from '../../facts/receiver.ts';
import type { Condition } from '../../policy/language/conditions.ts';
import { namesAction } from '../../policy/language/coverage.ts';
import type { Policy, Statement } from '../../policy/language/document.ts';
import { matches } from '../../policy/language/glob.ts';
import { not, some, type Tri } from '../../policy/language/tri.ts';
import { holds } from '../../policy/requests/keys.ts';
import type { Value } from '../../policy/requests/values.ts';

/** A service of AWS that publishes to a topic, for an alarm or a rule of the account. */
export interface Sender {
  readonly service: 'cloudwatch.amazonaws.com' | 'events.amazonaws.com';
  /** ARN of the alarm or the rule. */
  readonly source: string;
}

interface Request {
  readonly sender: Sender;
  readonly account: string;
  readonly action: string;
  readonly resource: string;
  /** ARN of the topic. */
  readonly topic: string;
}

/**
 * What keeps the sender from publishing to the topic, for sure (`refused`) or perhaps (`unsure`), fit to follow "topic X";
 * null when it gets in.
 *
 * A key of AWS lets in no other service (AWS re:Post, "Why didn't I receive an SNS notification for my CloudWatch alarm
 * trigger?"; EventBridge User Guide, "Troubleshooting"); a key of the customer must allow kms:Decrypt and kms:GenerateDataKey*.
 */
export function obstacleAt(
  topic: Topic,
  arn: string,
  sender: Sender,
): { readonly isSure: boolean; readonly because: string } | null {
  const [, , , , account = ''] = arn.split(':');
  const { service } = sender;
  const request = { sender, account, topic: arn };
  const byPolicy = admits(topic.policy, { ...request, action: 'sns:Publish', resource: arn });
  if (byPolicy === -1) return { isSure: true, because: `has a policy that keeps out ${service}` };
  const byKey = topic.key === null ? null : obstacleOfKey(topic.key, request);
  if (byKey?.isSure) return byKey;
  return byPolicy === 0
    ? { isSure: false, because: `has a policy that may keep out ${service}` }
    : byKey;
}

function obstacleOfKey(
  { isAwsManaged, state, policy }: TopicKey,
  request: Omit<Request, 'action' | 'resource'>,
) {
  const { service } = request.sender;
  if (state === null)
    return { isSure: true, because: 'is encrypted with a key that does not exist' };
  if (isAwsManaged)
    return { isSure: true, because: `has a key of AWS, which keeps out ${service}` };
  if (state !== 'Enabled') return { isSure: true, because: `has a key in state ${state}` };
  if (policy === null) return { isSure: false, because: 'has a key of another account' };
  // A key policy says * for the key that it belongs to.
  const uses = ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) =>
    admits(policy, { ...request, action, resource: '*' }),
  );
  if (uses.includes(-1)) return { isSure: true, because: `has a key that keeps out ${service}` };
  return uses.includes(0)
    ? { isSure: false, because: `has a key that may keep out ${service}` }
    : null;
}

/** Does the policy let in the request: an Allow that applies, and no Deny that does? */
function admits({ statements }: Policy, request: Request): Tri {
  const truth = (effect: Statement['effect']) =>
    some(statements.filter((each) => each.effect === effect).map((each) => applies(each, request)));
  return min(truth('Allow'), not(truth('Deny')));
}

function applies(statement: Statement, request: Request): Tri {
  if (!namesAction(statement, request.action)) return -1;
  const { resources, principals, conditions, understood } = statement;
  const reached = resources.entries.some(
    (glob) => glob === '*' || matches(glob, request.resource) || request.resource === '*',
  );
  const parts: readonly Tri[] = [
    understood ? 1 : 0,
    reached !== resources.not ? 1 : resources.complete ? -1 : 0,
    principals.not ? not(isSender(principals, request)) : isSender(principals, request),
    ...conditions.map((condition) => truthOf(condition, request)),
  ];
  return min(...parts);
}

/** Whether a key that is not known is there is not known either. */
function truthOf(condition: Condition, request: Request): Tri {
  const value = knownOf(condition.key, request);
  const isOpen = value.kind === 'any' && condition.operator?.test === 'null';
  return isOpen ? 0 : holds(condition, value, request.account);
}

/** In the policies of topics and keys `{"AWS": "*"}` is everyone: the policy that a new topic has is written so. */
function isSender({ entries }: Statement['principals'], { sender }: Request): Tri {
  return some(
    entries.map((principal): Tri => {
      if (principal.kind === 'everyone' || principal.kind === 'everyAccount') return 1;
      if (principal.kind === 'service') return principal.service === sender.service ? 1 : -1;
      return principal.kind === 'unresolved' ? 0 : -1;
    }),
  );
}

const text = (value: string): Value => ({ kind: 'text', text: value });

/**
 * What is known of the keys of such a request. CloudWatch acts for the owner of the topic, as the policy of a new topic
 * demands; EventBridge does not (EventBridge User Guide, "Troubleshooting": the policy of the topic must name it).
 */
function knownOf(key: string, { sender, account, topic }: Request): Value {
  switch (key) {
    case 'aws:sourcearn':
      return text(sender.source);
    case 'aws:sourceaccount':
      return text(account);
    case 'aws:sourceowner':
      return sender.service === 'events.amazonaws.com' ? { kind: 'absent' } : text(account);
    case 'aws:securetransport':
    case 'aws:principalisawsservice':
      return text('true');
    case 'aws:principalservicename':
      return text(sender.service);
    case 'kms:encryptioncontext:aws:sns:topicarn':
      return text(topic);
    case 'aws:principalorgid':
    case 'aws:principalorgpaths':
    case 'aws:principalarn':
    case 'aws:sourceip':
    case 'aws:sourcevpc':
    case 'aws:sourcevpce':
    case 'sns:endpoint':
    case 'sns:protocol':
      return { kind: 'absent' };
    default:
      return { kind: 'any' };
  }
}

const min = (...values: readonly Tri[]): Tri => not(some(values.map(not)));
