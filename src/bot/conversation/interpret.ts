import type { Card } from '../../core/card.ts'
import type { Channel } from '../../core/chat.ts'
import { Choice } from '../../core/decision.ts'
import type { Intent } from '../../core/intent.ts'
import type { Actor } from '../../core/staff.ts'
import { inLanguage, speaker } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Command } from '../command.ts'
import { asTyped } from '../grammar/as-typed.ts'
import { normalise } from '../grammar/normalise.ts'
import { beginsLike, inOrder, parse, type Question } from '../grammar/parse.ts'
import { meaningOf, tableFor, takesFiles } from '../inbox/attachments.ts'
import type { Turn } from '../inbox/begin-batch.ts'
import type { Answered } from '../inbox/commit-batch.ts'
import { claimAccount } from '../inbox/sender/identify-sender.ts'
import type { Moment } from '../moment.ts'
import { answer, type Expected, expectAnswer, type Place } from './dialog-store.ts'
import { DROP, fromStart, type Interview, RESUME } from './form-dialog.ts'
import { heardInRoom, type Wanted } from './group-chat.ts'
import { goesOn, insteadOf, saysCommand } from './is-answer.ts'
import {
  droppedCard,
  eitherOf,
  goneCard,
  linesCard,
  misheard,
  nothingOpenCard,
  notTheirsCard,
  orderedOf,
  strangerCard,
  tooLongCard,
  unknownCard,
} from './replies.ts'
import {
  askAgain,
  fillIn,
  garbled,
  leavingForm,
  leavingQuestion,
  leftQuestions,
  MOST_CHARACTERS,
  numbered,
  resume,
  type Said,
  withoutForms,
} from './resume.ts'
import {
  type Known,
  nothing,
  offers,
  type Performing,
  perform,
  placeOf,
  says,
} from './run-command.ts'
import { smallTalk, smallTalkCard } from './small-talk.ts'

export interface AnswererParts extends Performing {
  readonly commands: readonly Command[]
  readonly channelOf: (name: string) => Channel | undefined
}

/** What an event means: a command to run, or an answer at once. */
export type Meaning =
  | {
      readonly kind: 'wants'
      readonly command: Command
      /** The upload that it reads as a table, and must be read before; null: it reads none. */
      readonly table: string | null
      run(): Promise<Answered>
    }
  | { readonly kind: 'answered'; readonly answered: Answered }

/** What somebody we know means, before it is done. */
type Meant = Wanted | Said

/** Finds out what events mean, and does it. */
export function createAnswerer(parts: AnswererParts) {
  const { commands, channelOf, bank } = parts
  const byName = new Map(commands.map((command) => [command.name, command]))

  /** Changes nothing but for strangers with a code, for files, and for a form taken up again. */
  async function understand(tx: Queries, turn: Turn, at: Moment): Promise<Meaning> {
    const { who, event } = turn
    const claimed = await claimAccount(tx, turn, bank, at.now)
    if (claimed || !who) return openly(turn, claimed ?? strangerCard)
    const known: Known = { ...turn, who }
    const sayable = commands.filter(sayableBy(who))
    const heard = await heardInRoom(tx, known, channelOf(event.channel), sayable, at)
    switch (heard?.kind) {
      case 'says':
        return openly(turn, heard.card)
      case 'public':
        return publicly(tx, known, heard, at)
      case 'pressed':
        return alone(tx, { ...known, event: { ...event, says: heard.says } }, sayable, at)
      default:
        return alone(tx, known, sayable, at)
    }
  }

  /** What everybody in the room may read: nothing is asked, and nothing that was asked is touched. */
  const publicly = (
    tx: Queries,
    turn: Known,
    { command, intent }: Wanted,
    at: Moment,
  ): Meaning => ({
    kind: 'wants',
    command,
    table: tableFor(command, intent),
    async run() {
      const answered = await perform(parts, tx, turn, command, intent, at)
      return answered.act?.result === 'done' ? { ...answered, aloud: true } : answered
    },
  })

  /** What is between the asker and us. */
  async function alone(
    tx: Queries,
    known: Known,
    sayable: readonly Command[],
    at: Moment,
  ): Promise<Meaning> {
    const { who, event, expected } = known
    const say = speaker(who.language)
    const place: Place = { ...placeOf(event), staffId: who.id }
    const filled =
      expected?.kind === 'form' ? fillIn(event, place, expected.interview, sayable, at, say) : null
    const left: Interview | null =
      filled === 'left' && expected?.kind === 'form' ? expected.interview : null
    const meant = await (filled && typeof filled === 'object'
      ? 'reply' in filled
        ? filled
        : wants(filled, known)
      : anew(tx, known, filled ? null : expected, sayable, at))
    const open = expected?.kind === 'answer' && leaves(expected, meant) ? expected : null
    const earlier = open ? await leftQuestions(tx, place, at.now) : []
    const finish = (answered: Answered): Answered => {
      const reminding = left
        ? leavingForm(answered, left, place, say)
        : open
          ? leavingQuestion(answered, open, earlier, place, who.language)
          : answered
      return withoutForms(reminding, channelOf(event.channel), place, say)
    }
    if ('reply' in meant) {
      return { kind: 'answered', answered: finish({ ...nothing, turn: known, ...meant }) }
    }
    const { command, intent } = meant
    const sent = filled === intent && expected?.kind === 'form' ? expected.interview : null
    return {
      kind: 'wants',
      command,
      table: tableFor(command, intent),
      async run() {
        const answered = await perform(parts, tx, known, command, intent, at)
        // A name that nobody has, hours that are none: asked for again.
        if (isFaulty(answered) && expected?.kind === 'answer' && asksName(expected)) {
          const again = { ...place, expects: expectAnswer(expected) }
          return finish(open ? answered : { ...answered, expects: [...answered.expects, again] })
        }
        // What was said in a form is kept when it cannot be so.
        return sent && answered.act?.result === 'refused'
          ? finish(leavingForm(answered, fromStart(sent, intent), place, say))
          : finish(answered)
      },
    }
  }

  async function anew(
    tx: Queries,
    turn: Known,
    expected: Expected | null,
    sayable: readonly Command[],
    at: Moment,
  ): Promise<Meant> {
    const { who, event } = turn
    if (event.says.kind === 'intent') return wants(event.says.intent, turn)
    const say = speaker(who.language)
    const place: Place = { ...placeOf(event), staffId: who.id }
    const asks = (question: Question): Said => askAgain(question, place, who.language)
    if (event.says.kind === 'file') {
      const taken = mayBring(who) ? turn.queued.file : ({ problem: 'unwanted' } as const)
      const meant = await meaningOf(tx, taken, event.says, who, expected, sayable, at)
      if (meant instanceof Choice) return offers(meant, turn)
      if ('blocks' in meant) return says(meant)
      return 'doubts' in meant ? asks(meant) : wants(meant, turn)
    }
    const { text } = event.says
    const question = expected?.kind === 'answer' ? expected : null
    if (text.length > MOST_CHARACTERS) {
      return { ...says(tooLongCard(say)), expects: question ? asks(question).expects : [] }
    }
    if (expected && DROP.test(text.trim())) return says(droppedCard(say))
    if (question && RESUME.test(text.trim())) return asks(question)
    const parsed = parse(text, sayable, at)
    // A day within the command of another role is no answer.
    if (question?.doubts[0].expects === 'day' && parsed.kind === 'unknown') {
      const theirs = parse(text, commands, at)
      if (saysCommand(text, theirs, commands)) {
        return { ...says(notTheirsCard(text, say)), expects: asks(question).expects }
      }
    }
    const instead = question
      ? insteadOf(question, text, parsed, sayable, at)
      : parsed.kind === 'lines'
        ? 'command'
        : 'answer'
    // Nobody gives 好的 as a reason.
    if (question && smallTalk(text) && asksFreeText(question)) return asks(question)
    if (question && instead === 'garbled') return garbled(question, text, place, who.language)
    if (parsed.kind === 'lines' && instead === 'command') {
      return {
        ...says(linesCard(parsed.lines, say)),
        expects: question ? asks(question).expects : [],
      }
    }
    const answered = expected && instead !== 'command' && answerOf(expected, text, at)
    if (answered && instead === 'either' && parsed.kind === 'intent' && !('doubts' in answered)) {
      return offers(eitherOf(text, answered, parsed.intent, say), turn)
    }
    if (answered) return 'doubts' in answered ? asks(answered) : wants(answered, turn)
    if (parsed.kind === 'intent') return wants(parsed.intent, turn)
    const channel = channelOf(event.channel)
    const pressed = channel && (await numbered(tx, channel, place, text))
    if (pressed) return wants(pressed, turn)
    const resumed = RESUME.test(text.trim()) && (await resume(tx, place, who.language, at.now))
    if (resumed) return resumed
    if (parsed.kind === 'asks') return asks(parsed.ask)
    const talk = smallTalk(text)
    if (question) return askAgain(question, place, who.language, talk ? '' : misheard(text, say))
    if (talk) return says(smallTalkCard(talk, sayable, say))
    if (DROP.test(text.trim())) return says(nothingOpenCard(say))
    const ordered = inOrder(text, sayable, at)
    if (ordered) return offers(orderedOf(ordered.said, ordered.intent, say), turn)
    if (parse(text, commands, at).kind !== 'unknown') return says(notTheirsCard(text, say))
    // What begins like a command is nobody's name.
    const offered = (beginsLike(text, sayable) ? [] : sayable).flatMap(({ phrases, help }) => {
      const [word] = inLanguage(help.usage, who.language).split(' ')
      const said = `${word} ${text.trim()}`
      const read = phrases?.alone?.test(normalise(text)) ? parse(said, sayable, at) : null
      return read?.kind === 'intent' ? [{ label: said, intent: read.intent }] : []
    })
    return says(unknownCard(text, parsed.kind === 'unknown' ? parsed.nearest : [], offered, say))
  }

  const asksName = (question: Question): boolean =>
    question.doubts[0].expects === 'text' && !asksFreeText(question)

  const asksFreeText = ({ intent, doubts: [{ slots }] }: Question): boolean =>
    slots.some((slot) =>
      byName.get(intent.command)?.phrases?.free?.includes(slot.split('.').at(-1) ?? ''),
    )

  /** Whether what is meant is about something else than the question that waits. */
  function leaves(question: Question, meant: Meant): boolean {
    const asked =
      'reply' in meant ? meant.expects.find(({ expects }) => expects.kind === 'answer') : null
    const intent =
      'intent' in meant ? meant.intent : asked?.expects.kind === 'answer' && asked.expects.intent
    return intent ? !goesOn(question, intent, (name) => byName.get(name)?.phrases) : false
  }

  /** What a line comes to as an answer, its free text as it was typed. */
  function answerOf(expected: Expected, text: string, at: Moment): Intent | Question | null {
    const answered = answer(expected, text, at)
    if (!answered || expected.kind !== 'answer') return answered
    const intent = 'doubts' in answered ? answered.intent : answered
    const free = byName.get(intent.command)?.phrases?.free ?? []
    const kept = { ...intent, input: asTyped(intent.input, free, text) }
    return 'doubts' in answered ? { ...answered, intent: kept } : kept
  }

  function wants(intent: Intent, { who }: Known): Meant {
    const say = speaker(who.language)
    const command = byName.get(intent.command)
    if (!command) return says(goneCard(say))
    if (sayableBy(who)(command)) return { command, intent }
    return says(notTheirsCard(inLanguage(command.help.usage, who.language), say))
  }

  /** Whether anything that they may say takes a file. */
  const mayBring = (who: Actor): boolean => takesFiles(commands.filter(sayableBy(who)))

  return { understand, mayBring }
}

/** Answers in the room itself, where it was said in one. */
const openly = (turn: Turn, reply: Card): Meaning => ({
  kind: 'answered',
  answered: { ...nothing, turn, reply, aloud: true },
})

/** Refused, or of a wrong shape. */
const isFaulty = ({ act, expects }: Answered): boolean =>
  act ? act.result === 'refused' : expects.length === 0

const sayableBy =
  (who: Actor) =>
  (command: Command): boolean =>
    command.roles.includes(who.role)
