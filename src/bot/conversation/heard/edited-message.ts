import { type Button, type Card, textCard } from '../../../core/card.ts'
import { type Say, speaker } from '../../../core/text.ts'
import { normalise } from '../../grammar/normalise.ts'
import { type Parsed, parse } from '../../grammar/parse.ts'
import { unwrapped } from '../../grammar/wrapping/unwrapped.ts'
import type { Said } from '../interpretation.ts'
import { isAboutAll } from '../questions/is-answer.ts'
import { short } from '../replies.ts'
import type { Utterance } from '../utterance.ts'
import { waitingOn } from '../waiting-steps.ts'

// Somebody changed a message that was answered. What its changed lines say is done as if it were said now, where
// saying it again corrects what was logged (2 没接 → 2 拒绝), or where nothing was. Else it is not done a second
// time: they are told what was logged, and how to correct that.

/** What was said before that is looked for no more. */
const OLDEST_DAYS = 7

/** What is to be read of an edited message, or what is said of it; any other utterance as it is. */
export async function asEdited(utterance: Utterance): Promise<Utterance | Said> {
  const { says } = utterance.event
  if (says.kind !== 'text' || !says.edits) return utterance
  const [before, now] = changedLines(unwrapped(says.edits.text), utterance.text)
  if (before === '' && now === '') return { ...waitingOn({ blocks: [] }, utterance), unsaid: true }
  const read = (text: string) => parse(text, utterance.sayable, utterance.at, utterance.names)
  const [earlier, said] = [read(before), read(now)]
  const acts = await actsOf(says.edits.id, before, utterance)
  const unlogged = acts?.length === 0 && !waited(earlier, utterance)
  if (now !== '' && (before === '' || unlogged || saysAgain(earlier, said, utterance))) {
    // A line that goes on with the one before it says nothing by itself.
    const text = said.kind === 'unknown' ? utterance.text : now
    return utterance.with({ event: { ...utterance.event, says: { kind: 'text', text } } })
  }
  const again = said.kind === 'intent' ? [{ label: short(now), intent: said.intent }] : []
  const card = loggedCard(before, acts?.at(-1), again, speaker(utterance.language))
  return waitingOn(card, utterance)
}

/** The lines of each of two texts that the other has not. */
function changedLines(before: string, now: string): readonly [string, string] {
  const without = (text: string, other: string) => {
    const kept = new Set(linesOf(other))
    return linesOf(text, (line) => line.trim())
      .filter((line) => !kept.has(normalise(line)))
      .join('\n')
  }
  return [without(before, now), without(now, before)]
}

const linesOf = (text: string, as: (line: string) => string = normalise): string[] =>
  text.split('\n').map(as).filter(Boolean)

const intentOf = (parsed: Parsed) =>
  parsed.kind === 'intent' ? parsed.intent : parsed.kind === 'asks' ? parsed.ask.intent : null

/** Whether it is about all the tasks and clients that it was about before, so that it corrects what was logged. */
function saysAgain(earlier: Parsed, said: Parsed, utterance: Utterance): boolean {
  const [before, now] = [intentOf(earlier), intentOf(said)]
  const phrasesOf = (name: string) => utterance.commandNamed(name)?.phrases
  if (!before || before.command !== now?.command || !phrasesOf(now.command)?.about) return false
  return isAboutAll(before, now, phrasesOf)
}

/** Whether it asked something that is open no more: it was done when that was answered. */
const waited = (earlier: Parsed, { open }: Utterance): boolean =>
  earlier.kind === 'asks' &&
  !open.some(({ intent }) => intent.command === earlier.ask.intent.command)

interface Logged {
  /** The act, and whether it can be taken back; null: nothing that stands came of it. */
  readonly actId: string | null
  readonly undoable: boolean | null
  readonly command: string | null
  /** What was said. */
  readonly said: string
}

/**
 * What these lines of a message, or of an edit of it, changed and what stands, the latest last; null where the
 * message is too old to be looked for.
 */
async function actsOf(id: string, lines: string, utterance: Utterance): Promise<Logged[] | null> {
  const { tx, who, event, at } = utterance
  const rows = await tx.$queryRaw<Logged[]>`
    select act.id as "actId", act.undoable, act.command, coalesce(says->>'text', '') as said
    from received left join act on act.staff_id = ${who.id}::uuid and act.at = answered_at
      and act.result = 'done' and act.undone_at is null
    where received.channel = ${event.channel} and received.conversation = ${event.conversation}
      and received_at > ${at.now}::timestamptz - make_interval(days => ${OLDEST_DAYS})
      and (external_id = ${id}
      or starts_with(external_id, ${`${id}#`}) or starts_with(external_id, ${`${id}~`}))
    order by received.id`
  if (rows.length === 0) return null
  const changed = new Set(linesOf(lines))
  return rows.filter(({ command, said }) => {
    const looks = command === null || (utterance.commandNamed(command)?.looks ?? false)
    return !looks && linesOf(unwrapped(said)).some((line) => changed.has(line))
  })
}

function loggedCard(
  before: string,
  logged: Logged | undefined,
  again: readonly Button[],
  say: Say,
): Card {
  const undo = logged?.undoable
    ? [{ label: say('撤销', 'Undo'), intent: { command: 'undo', input: { actId: logged.actId } } }]
    : []
  const [first, more] = [short(before), [...undo, ...again]]
  return textCard(
    say(
      `"${first}"已经办过，改消息不会改登记。${undo.length > 0 ? '要改就先撤销，再说一次。' : '要改请再说一次。'}`,
      `"${first}" was done already, and editing the message does not change that. ${undo.length > 0 ? 'Undo it first, then say it again.' : 'To change it, say it again.'}`,
    ),
    ...(more.length > 0 ? [{ kind: 'buttons', buttons: more } as const] : []),
  )
}
