import { OPERATOR } from '../../../bot/inbox/sender/codes.ts'
import { type Text, text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { codeOf, isCut } from '../../../infra/sheets/cells.ts'
import { bringAccounts } from '../../people/policy.ts'
import {
  type AccountNow,
  ALL_CHANNELS,
  accountsNow,
  joinAccounts,
  leaveAccounts,
  type SaidAccount,
  withdrawAccounts,
} from '../../people/post/account-store.ts'
import { weighs } from '../../people/post/rules.ts'
import {
  askForPost,
  confirmersOf,
  type PostChange,
  personNow,
} from '../../people/post/second-person.ts'
import { NOBODY as NO_SECOND } from '../../requests/ask.ts'
import type { Importer } from '../rules.ts'
import { firstOfAccounts } from './account-rows-store.ts'
import { ACCOUNTS } from './headings.ts'
import { type Judged, type ListRow, list } from './list.ts'

const MOST_CHARACTERS = 64

/** Which accounts in WeCom are whose, as the bank's own contact list has them. */
export const accountList = list<keyof typeof ACCOUNTS, SaidAccount>({
  kind: 'accounts',
  may: bringAccounts,
  headings: ACCOUNTS,
  needs: ['code', 'userId'],
  wanted: ['code'],
  noTable: text(
    '表里要有"工号"和"账号"两列。发"账号表"得到空表。',
    'The sheet needs the columns "工号" (staff code) and "账号" (user id). Say "account sheet" for one.',
  ),
  forgets: false,
  read({ cells }, places) {
    const cellOf = (column: keyof typeof ACCOUNTS) => cells[places.get(column) ?? -1] ?? null
    const [code, userId] = [codeOf(cellOf('code')), codeOf(cellOf('userId'))]
    const faults = [
      ...(isCut(cellOf('code')) || isCut(cellOf('userId')) ? [CUT] : []),
      ...(code === '' ? [text('没有写工号。', 'There is no staff code.')] : []),
      ...(userId === '' ? [text('没有写账号。', 'There is no account.')] : []),
      ...(userId.length > MOST_CHARACTERS || /\s/.test(userId) ? [NO_ACCOUNT] : []),
    ]
    const says = faults.length === 0 ? { code, userId } : null
    return { says, key: says && code.toLowerCase(), faults }
  },
  async judge(tx, rows, work): Promise<Judged[]> {
    const { importId, importer } = work
    const accounts = rows.map(({ says }) => says)
    const found = await accountsNow(tx, accounts, importer.path)
    const first = await firstOfAccounts(tx, importId)
    const judged: Judged[] = []
    for (const [at, { number, says }] of rows.entries()) {
      const now = found[at]
      const earlier = first.get(says.userId.toLowerCase())
      const twice = earlier && earlier.number < number ? sameAs(earlier.line) : null
      const why = now?.code ? (twice ?? faultOf(now)) : nobody(says.code)
      const waits = now !== undefined && waitsFor(now, importer)
      if (why) judged.push({ number, verdict: 'rejected', why })
      else if (now?.own === ALL_CHANNELS) judged.push({ number, verdict: 'same' })
      else if (waits && !(await isConfirmable(tx, { ...says, code: now?.code ?? '' }, importer))) {
        judged.push({ number, verdict: 'rejected', why: NO_SECOND.because })
      } else {
        const verdict = now?.others ? 'changed' : 'new'
        const second = waits && ({ 'second-person': [false, true] } as const)
        judged.push({ number, verdict, changes: { account: [null, says.userId], ...second } })
      }
    }
    return judged
  },
  async write(tx, rows, { importer, at, services }) {
    const found = await accountsNow(
      tx,
      rows.map(({ says }) => says),
      importer.path,
    )
    const accounts = rows.flatMap((row, at) => {
      const code = found[at]?.code
      return code ? [{ code, userId: row.says.userId, isAwaited: isAwaited(row) }] : []
    })
    const alone = accounts.filter((each) => !each.isAwaited)
    await joinAccounts(tx, alone, at.now)
    const by = { askedBy: importer.staffId ?? OPERATOR, askedByName: importer.name, reason: null }
    for (const account of accounts.filter((each) => each.isAwaited)) {
      const change = await changeOf(tx, account)
      if (!change) continue
      await askForPost(tx, change, by, {
        at,
        tell: (to, compose) => services.tell(tx, to, compose),
      })
    }
  },
  async undo(tx, rows, { actId, at }) {
    const accounts = rows.map(({ says }) => says)
    await withdrawAccounts(tx, accounts, at.now)
    const left = await leaveAccounts(tx, accounts, actId)
    return rows.filter(({ says }) => left.has(says.userId)).map(({ number }) => number)
  },
})

type Row = ListRow<SaidAccount>

const isAwaited = ({ changes }: Row): boolean => changes?.['second-person'] !== undefined

/**
 * Whose role is of weight is reached at another account once a second person confirms; at their first one too,
 * but on the server, where codes are given out alike.
 */
const waitsFor = ({ role, others }: AccountNow, { staffId }: Importer): boolean =>
  role !== null && weighs(role) && (others || staffId !== null)

/** The person of an account as they are, and as they would be reached; null: they work here no more. */
async function changeOf(tx: Queries, { code, userId }: SaidAccount): Promise<PostChange | null> {
  const before = await personNow(tx, code)
  return before && { before, after: { ...before, wecom: userId } }
}

async function isConfirmable(
  tx: Queries,
  says: SaidAccount,
  { staffId }: Importer,
): Promise<boolean> {
  const change = await changeOf(tx, says)
  return change !== null && (await confirmersOf(tx, change, staffId ?? OPERATOR)).length > 0
}

const faultOf = ({ holder, disowned }: AccountNow): Text | null =>
  holder
    ? text(
        `账号现在是 ${holder} 的。请先让 ${holder} 说"不是我"，或撤销带来它的导入。`,
        `The account is that of ${holder}. Have them say "that was not me", or take back the import that brought it.`,
      )
    : disowned
      ? text('本人说过这个账号不是自己的。', 'They said that this account is not theirs.')
      : null

const nobody = (code: string): Text =>
  text(
    `您的机构里没有工号"${code}"，请核对。`,
    `There is no staff code "${code}" in your units; please check it.`,
  )

const sameAs = (line: number): Text =>
  text(`和第 ${line} 行是同一个账号。`, `This is the same account as in row ${line}.`)

const NO_ACCOUNT = text(
  '账号不能有空格，最多 64 个字符。',
  'An account has no blanks, and 64 characters at most.',
)
const CUT = text(
  '号码存成了数字，只留下 15 位。请把这一列设为文本，重新填写。',
  'A number of which only 15 digits were kept. Make the column text and enter it again.',
)
