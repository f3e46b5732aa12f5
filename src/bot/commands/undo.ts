import { z } from 'zod'
import { textCard } from '../../core/card.ts'
import { Choice, refuse } from '../../core/decision.ts'
import { few, type Say, type Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { type Command, type Context, command } from '../command.ts'
import { wholeLine } from '../grammar/reading.ts'
import { takeBack } from './policy.ts'
import { SNAPSHOT, type Undoing } from './undo-snapshot.ts'

const LAST =
  '(?:(?:刚才|刚刚|刚|前面|上面)(?:[的那这]?一?[条次个件笔]?|的)?|[上最][一后]?一?[条次个件笔])(?:登记|记录)?'
const TAKING_BACK = '(?:撤销|撤回|撤掉?|取消|删[掉除]?|收回|作废)[了掉]?'
/** 撤销上一条, 把刚才的撤了, 不对，撤销: what was said last, in so many words. */
export const TAKES_BACK = new RegExp(
  `^(?:(?:不对|[说记点按写发搞弄打]?错了)[,，\\s]*)?(?:${[
    `(?:撤销|撤回)(?:一?下|了|吧|掉)?(?:${LAST})?`,
    `(?:把|请)?${LAST}${TAKING_BACK}(?:吧|一下)?`,
    `${TAKING_BACK}${LAST}`,
    'undo (?:that|it|this|the last(?: one| entry)?|my last(?: entry)?)',
    '(?:take (?:that|it) back|scratch that)',
  ].join('|')})[\\s.。!！]*$`,
  'i',
)

/** What was done so long ago at most can be taken back. */
export const UNDO_MINUTES = 10
/** What was logged before that stays: what was taken back at `now` is looked for among what came after. */
export const undoableSince = (now: Date): Date => new Date(now.getTime() - UNDO_MINUTES * 60_000)

interface UndoInput {
  /** The act that was offered to be taken back; absent: the last one, whatever it is. */
  readonly actId?: string | undefined
}

interface LastAct {
  readonly id: string
  readonly command: string
  readonly at: Date
  /** Something that this act made has been worked on since. */
  readonly builtUpon: boolean
  /** The names of the clients it was about. */
  readonly clients: readonly string[]
  /** Something else was said since, which changed nothing that can be taken back. */
  readonly saidSince: boolean
}

/** An act with what holds again without it. */
interface Undone extends LastAct {
  readonly stands: readonly Text[]
}

/**
 * Takes back the person's last act that can be, within ten minutes. Each feature takes back its own, in
 * the order of `parts`: a client whom the act entered goes last.
 */
export function undoCommand(parts: readonly Undoing[]): Command {
  const what: Readonly<Record<string, Text>> = Object.assign({}, ...parts.map((part) => part.what))
  const lastUndoable = lastUndoableBy([SNAPSHOT, ...parts])
  const said = ({ command, clients }: LastAct): Text => ({
    zh: [few(clients, 'zh'), what[command]?.zh].filter(Boolean).join(' 的'),
    en: [what[command]?.en, few(clients, 'en')].filter(Boolean).join(' of '),
  })
  /** Who says it after something that was not done may think of that. */
  const whichOne = (act: LastAct, say: Say): Choice => {
    const { zh, en } = said(act)
    const question = {
      zh: `刚才那句没有登记任何内容。要撤销的是之前这一次吗：${zh}？`,
      en: `What you said last logged nothing. Is it the one before that you want to undo: ${en}?`,
    }
    const intent = { command: 'undo', input: { actId: act.id } }
    return new Choice(question, [{ label: say('撤销这一次', 'Undo that'), intent }])
  }
  return command<UndoInput, Undone, Undone>({
    name: 'undo',
    may: takeBack,
    help: {
      usage: { zh: '撤销', en: 'undo' },
      purpose: {
        zh: `${UNDO_MINUTES} 分钟内撤销刚才的登记`,
        en: `take back what you logged, within ${UNDO_MINUTES} minutes`,
      },
    },
    phrases: {
      words: ['撤销', '撤回', '取消刚才', 'undo'],
      shape: TAKES_BACK,
      read: (rest) =>
        TAKES_BACK.test(rest) ? { kind: 'understood', input: {} } : wholeLine({})(rest),
    },
    input: z.object({ actId: z.uuid().optional() }),
    async load(tx, { actId }, context) {
      const act = await lastUndoable(tx, context.who.id, context.account)
      if (!act) return refuse('没有可以撤销的登记。', 'There is nothing to undo.')
      if (actId && actId !== act.id) {
        return refuse(
          '那一次之后又有登记，没有撤销。要撤销最近一次，发"撤销"。',
          'Something was logged after that one, so nothing was undone. For the latest say "undo".',
        )
      }
      const stands: Text[] = []
      for (const part of parts) stands.push(...((await part.stands?.(tx, act.id, context)) ?? []))
      return { ...act, stands }
    },
    decide(act, { actId }, { at, say }) {
      if (act.at < undoableSince(at.now)) {
        return refuse(
          `上一次登记已超过 ${UNDO_MINUTES} 分钟，不能撤销；请重新登记正确的结果。`,
          `Your last entry is more than ${UNDO_MINUTES} minutes old and stays. Log the right outcome instead.`,
        )
      }
      if (act.builtUpon) {
        return refuse(
          '上一次登记之后已有新的进展，不能撤销；请登记正确的结果。',
          'Something was logged on top of your last entry, so it stays. Log the right outcome instead.',
        )
      }
      return act.saidSince && !actId ? whichOne(act, say) : act
    },
    async save(tx, { id }, context) {
      await tx.$executeRaw`
      update act set undone_at = ${context.at.now}::timestamptz where id = ${id}::uuid`
      for (const part of parts) await part.takeBack(tx, id, context)
    },
    reply(act, _facts, context) {
      const today = { label: context.say('今日', 'Today'), intent: { command: 'today', input: {} } }
      const { stands } = act
      const zh = stands.length > 0 ? `现在是：${stands.map((each) => each.zh).join('；')}。` : ''
      const en =
        stands.length > 0 ? ` It is ${stands.map((each) => each.en).join('; ')} again.` : ''
      return textCard(
        context.say(`已撤销：${said(act).zh}。${zh}`, `Undone: ${said(act).en}.${en}`),
        ...(hasList(context) ? [{ kind: 'buttons', buttons: [today] } as const] : []),
      )
    },
  })
}

/** Whether this person works off a list of tasks. */
const hasList = ({ who }: Context): boolean => who.role === 'manager' || who.role === 'lead'

/** The person's last act that can be taken back, as the parts of `undo` know it. */
function lastUndoableBy(parts: readonly Pick<Undoing, 'clients' | 'builtUpon'>[]) {
  const clients = parts.flatMap((part) => part.clients ?? []).join(' union all ')
  const builtUpon = parts.flatMap((part) => part.builtUpon ?? []).join(' or ')
  return async (
    tx: Queries,
    staffId: string,
    { channel, externalId }: Context['account'],
  ): Promise<LastAct | null> => {
    const [act] = await tx.$queryRawUnsafe<LastAct[]>(
      `select act.id, act.command, act.at, ${builtUpon} as "builtUpon",
         (select count(*) from received
           where received.channel = $2 and sender = $3 and received.id > act.id
             -- As far back as clocks may differ, so that not all of a conversation is read.
             and received_at > act.at - interval '1 hour'
             and received.conversation = (select conversation from account
               where account.channel = $2 and external_id = $3)
             and answered_at is not null and not exists (
               select from act as done where done.staff_id = act.staff_id
                 and done.result = 'done' and done.at = answered_at)) > 0 as "saidSince",
         array(select distinct name from client where id in (${clients}) order by name) as clients
       -- One act at first: what is built upon it is looked up for it, and not read for all that anybody may take back.
       from (
         select * from act
         where staff_id = $1::uuid and undoable and undone_at is null and result = 'done'
         order by at desc, id desc limit 1
       ) as act`,
      staffId,
      channel,
      externalId,
    )
    return act ?? null
  }
}
