import type { Acl, Grant } from '../../../facts/bucket-settings.ts';
import { array, isObject, object, text, wrong } from '../../../values/json.ts';
import { recorded } from '../../facet.ts';

const KEY = 'AccessControlList';
/** How the API of S3 names a group (Amazon S3 User Guide, "Access control list (ACL) overview"). */
const GROUPS = 'http://acs.amazonaws.com/groups/';

/** A grantee is an object with a canonical user id, or the bare name of a group (AllUsers, AuthenticatedUsers, LogDelivery). */
export const acl = recorded<Acl>(KEY, (value, { fromQuery }) => {
  const list = object(value, KEY);
  // AWS Config writes null for no grants, which a query leaves out. Without both keys the section says nothing of them.
  if (!fromQuery && !('grantList' in list || 'grantSet' in list))
    throw wrong(`${KEY}.grantList`, 'a list or null', undefined);
  return {
    owner: text(object(list['owner'], `${KEY}.owner`)['id'], `${KEY}.owner.id`),
    grants: [
      ...array(list['grantList'], `${KEY}.grantList`),
      ...array(list['grantSet'], `${KEY}.grantSet`),
    ].map((entry, index) => grantOf(entry, `${KEY}.grantList[${index}]`)),
  };
});

function grantOf(entry: unknown, where: string): Grant {
  const { grantee, permission } = object(entry, where);
  return {
    grantee: granteeOf(grantee, `${where}.grantee`),
    permission: text(permission, `${where}.permission`),
  };
}

function granteeOf(grantee: unknown, where: string): Grant['grantee'] {
  if (typeof grantee === 'string') return { kind: 'group', name: text(grantee, where) };
  if (!isObject(grantee)) throw wrong(where, 'a canonical user or the name of a group', grantee);
  const id = text(grantee['id'], `${where}.id`);
  return id.startsWith(GROUPS)
    ? { kind: 'group', name: id.slice(id.lastIndexOf('/') + 1) }
    : { kind: 'canonicalUser', id };
}
