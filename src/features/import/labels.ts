import { type Text, text } from '../../core/text.ts'
import { MEASURE_LABELS } from '../quotas/rules.ts'
import { FACT_NAMES, factColumn, factLabel } from '../tier-rules/facts.ts'
import { CLIENT_COLUMNS } from './columns/client-columns.ts'

const labelOf = (column: keyof typeof CLIENT_COLUMNS): Text => CLIENT_COLUMNS[column].label

/** What a book changes of a client, by the key of the change. */
const CHANGES: Readonly<Record<string, Text>> = {
  ...{ name: labelOf('name'), business_name: labelOf('businessName'), address: labelOf('address') },
  ...{ id_number: labelOf('id'), credit_code: labelOf('code'), wechat: labelOf('wechat') },
  ...{ language: labelOf('language'), source_detail: labelOf('sourceDetail') },
  ...{ licence_ends_on: labelOf('licenceEnds'), credit_expires_on: labelOf('creditEnds') },
  ...{ region: labelOf('region'), cluster: labelOf('cluster'), industry: labelOf('industry') },
  ...{ phone: labelOf('phone'), held: labelOf('held'), note: labelOf('note') },
  facility: text('授信', 'facility'),
  kind: text('转为存量', 'existing now'),
  account: text('又一个账号', 'another account'),
  'second-person': text('等第二人确认', 'waits for a second person'),
  ...MEASURE_LABELS,
  ...Object.fromEntries(FACT_NAMES.map((name) => [`fact:${factColumn(name)}`, factLabel(name)])),
}

export const changeLabel = (key: string): Text => CHANGES[key] ?? text(key, key)

/** Why a row is not taken. */
const REASONS: Readonly<Record<string, Text>> = {
  differs: text(
    '同一客户在表里写了两次，内容不同，请只留一行或改成一致。',
    'The same client stands in the book twice with different contents; keep one row or make them agree.',
  ),
  repeated: text(
    '表里前面已有同一项，内容不同，请只留一行。',
    'An earlier row is about the same and says otherwise; keep one of them.',
  ),
  'first-rejected': text(
    '表里同一客户的前一行没有采用。',
    'An earlier row of the same client was not taken.',
  ),
  'two-clients': text(
    '这些号码属于两位不同的在册客户，请核对。',
    'These numbers belong to two clients on file; please check them.',
  ),
  foreign: text(
    '已有客户经理在服务，没有改动。',
    'A colleague serves this client; nothing was changed.',
  ),
  listed: text('在负面清单上，没有录入。', 'On the negative list, so it was not entered.'),
  erased: text(
    '客户要求删除过资料，没有录入。本人同意重新登记的，请在聊天里说"新客户 姓名 手机"。',
    'The client had their file deleted, so it was not entered. If they agree to be on file again, say "new name phone" in chat.',
  ),
  'account-elsewhere': text(
    '授信账号在册，是另一位客户的，请核对。',
    'The account is on file with another client; please check it.',
  ),
  'other-id': text(
    '和在册的身份证号不同，请核对。',
    'The ID number on file is another; please check.',
  ),
  'other-code': text(
    '和在册的统一社会信用代码不同，请核对。',
    'The credit code on file is another; please check.',
  ),
  'other-name': text(
    '这个号码在册的是另一个姓名。确实改名的请先在聊天里改。',
    'The name on file for this number is another. Correct the name in chat first if it did change.',
  ),
  'no-name': text('新客户没有写姓名。', 'The new client has no name.'),
  'owner-missing': text('新客户没有写客户经理。', 'The new client has no manager.'),
  'owner-unknown': text(
    '没有这位客户经理，请核对工号或姓名。',
    'There is no such manager; check code or name.',
  ),
  'owner-many': text(
    '同名的客户经理不止一位，请写工号。',
    'There is more than one manager of that name; write the staff code.',
  ),
  'owner-left': text(
    '这位客户经理已离职，请写现在的客户经理。',
    'This manager has left; name the present one.',
  ),
  'owner-no-manager': text(
    '客户只能归客户经理，这位不是。',
    'Clients belong to managers, and this is none.',
  ),
  'owner-outside': text('这位客户经理不在您的范围内。', 'This manager is not below you.'),
  'owner-differs': text(
    '工号和姓名不是同一个人。',
    'The staff code and the name are of two people.',
  ),
  'built-upon': text(
    '没有撤销：导入以后已有人跟进或改过这位客户。',
    'Not taken back: somebody worked on this client since.',
  ),
  'changed-since': text(
    '没有全部撤销：导入以后有人改过同一项，保留后来的。',
    'Not all of it was taken back: somebody changed the same since, which stays.',
  ),
  'no-client': text('没有这位客户。', 'There is no such client.'),
}

export const reasonText = (reason: string): Text => REASONS[reason] ?? text(reason, reason)
