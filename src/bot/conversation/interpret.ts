import type { Card, Form } from '../../core/card.ts'
import type { Channel } from '../../core/chat.ts'
import type { Intent } from '../../core/intent.ts'
import type { Actor } from '../../core/staff.ts'
import { inLanguage, speaker } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Command } from '../command.ts'
import { isCommandWord } from '../grammar/commands/candidates.ts'
import { sayableBy } from '../grammar/commands/sayable.ts'
import type { Question } from '../grammar/parse.ts'
import { tableFor, takesFiles } from '../inbox/attachments.ts'
import type { Turn } from '../inbox/begin-batch.ts'
import type { Answered } from '../inbox/commit-batch.ts'
import { claimAccount } from '../inbox/sender/identify-sender.ts'
import { MOST_A_MINUTE, placeInMinute, RecentSenders } from '../inbox/sender/pace-limit.ts'
import { type Moment, momentIn } from '../moment.ts'
import type { Unread } from '../second-reader/index.ts'
import type { ClientsSaid } from '../services.ts'
import { expectAnswer } from './dialog-store.ts'
import { fromStart, interviewOf } from './form-dialog.ts'
import { asEdited } from './heard/edited-message.ts'
import { heardInRoom } from './heard/group-chat.ts'
import { withNamesOfStaff } from './heard/mentions.ts'
import { asWords, belowHeard, showsHeard } from './heard/spoken.ts'
import { type CommandCall, calls } from './interpretation.ts'
import { remainingOf, returning, withOpen, withPeople } from './questions/open-questions.ts'
import { takesText } from './questions/question-card.ts'
import { moreFilesText, strangerCard, tooFastCard } from './replies.ts'
import { fillIn, leavingForm, MOST_CHARACTERS, withoutForms } from './resume.ts'
import { nothing, type Performing, perform } from './run-command.ts'
import { interpret } from './steps.ts'
import { type Known, Utterance } from './utterance.ts'
import { asksFreeText } from './waiting-steps.ts'

export interface AnswererParts extends Performing {
  readonly commands: readonly Command[]
  readonly channelOf: (name: string) => Channel | undefined
  /** Whether there is a second reader, for what is not understood here. */
  readonly asksReader: boolean
  readonly clientsSaid: ClientsSaid
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
  /** Not understood: the second reader may propose something. */
  | { readonly kind: 'unread'; readonly unread: Unread }

/** Finds out what events mean, and does it. */
export function createAnswerer(parts: AnswererParts) {
  const { commands, channelOf, bank, clientsSaid } = parts
  const senders = new RecentSenders()

  /**
   * The answer to whom nothing is done for: a stranger, who gives a code, who says too much. Null: they are
   * to be understood. One event after the other, as several may give one code.
   */
  async function turnAway(tx: Queries, turn: Turn, moment: Moment): Promise<Answered | null> {
    const { who, event, queued } = turn
    const counts = !channelOf(event.channel)?.scripted && senders.isMany(queued)
    if (counts && (await placeInMinute(tx, queued)) > MOST_A_MINUTE) {
      return tooFast(turn, senders.isToBeTold(queued))
    }
    const claimed = await claimAccount(tx, turn, bank, moment.now)
    return claimed || !who ? openly(turn, claimed ?? strangerCard).answered : null
  }

  /** Changes nothing but for files, and for a form taken up again; side by side for several events. */
  async function understand(tx: Queries, begun: Known, moment: Moment): Promise<Meaning> {
    const channel = channelOf(begun.event.channel) ?? null
    const words = await asWords(tx, begun, channel)
    const turn = { ...begun, event: await withNamesOfStaff(tx, words, channel) }
    const { who, event } = turn
    // Whatever they say is of the days on which their unit works.
    const at = momentIn(moment, who.unitPath)
    const { says } = event
    const mayName =
      says.kind === 'text' &&
      says.text.length <= MOST_CHARACTERS &&
      !isCommandWord(says.text, sayableBy(who.role, commands))
    const names = mayName ? await clientsSaid.named(tx, who, says.text) : []
    const utterance = new Utterance({ tx, turn, at, commands, channel, names, clientsSaid })
    const heard = await heardInRoom(utterance)
    switch (heard?.kind) {
      case 'says':
        return openly(turn, heard.card)
      case 'public':
        return publicly(parts, utterance, heard)
      case 'pressed':
        return alone(parts, utterance.with({ event: { ...event, says: heard.says } }))
      default:
        return alone(parts, utterance)
    }
  }

  /** Whether anything that they may say takes a file. */
  const mayBring = (who: Actor): boolean => takesFiles(sayableBy(who.role, commands))

  return { turnAway, understand, mayBring }
}

/** They are told once; what follows within the minute is not answered, as that says. */
const tooFast = (turn: Turn, told: boolean): Answered => ({
  ...openly(turn, tooFastCard).answered,
  unsaid: !told,
})

/** Answers in the room itself, where it was said in one. */
const openly = (turn: Turn, reply: Card): Meaning & { readonly kind: 'answered' } => ({
  kind: 'answered',
  answered: { ...nothing, turn, reply, aloud: true },
})

/** What everybody in the room may read: nothing is asked, and nothing that was asked is touched. */
const publicly = (parts: Performing, utterance: Utterance, call: CommandCall): Meaning => ({
  kind: 'wants',
  command: call.command,
  table: tableFor(call.command, call.intent),
  async run() {
    const answered = await perform(parts, utterance, call)
    return answered.act?.result === 'done' ? { ...answered, aloud: true } : answered
  },
})

/** What is between the asker and us. */
async function alone(parts: AnswererParts, heard: Utterance): Promise<Meaning> {
  const utterance = await asEdited(heard)
  if ('reply' in utterance) {
    return { kind: 'answered', answered: { ...nothing, turn: heard.turn, ...utterance } }
  }
  const { turn, place, expected, question } = utterance
  const shown = showsHeard(utterance)
  if (shown) return { kind: 'answered', answered: { ...nothing, turn, ...shown } }
  const form = expected?.kind === 'form' ? expected.interview : null
  const filled = form && fillIn(utterance, form)
  const left = filled === 'left' ? form : null
  const meant = await (filled && typeof filled === 'object'
    ? 'reply' in filled
      ? filled
      : calls(filled, utterance)
    : interpret(filled ? utterance.with({ expected: null }) : utterance))
  if (
    'reply' in meant &&
    meant.unread &&
    parts.asksReader &&
    turn.queued.secondReading === undefined
  ) {
    return { kind: 'unread', unread: unreadOf(utterance) }
  }
  const open = [...utterance.open, ...(await returning(utterance, meant))]
  const remaining = remainingOf(
    { open, commandNamed: (name) => utterance.commandNamed(name) },
    meant,
  )
  const finish = async (answered: Answered): Promise<Answered> => {
    const reminding = left
      ? leavingForm(answered, left, utterance)
      : await withOpen(answered, remaining.open, utterance)
    const whole = withoutForms(await withPeople(reminding, utterance), utterance)
    return withMoreFiles({ ...whole, reply: belowHeard(whole.reply, utterance) })
  }
  if ('reply' in meant) {
    return { kind: 'answered', answered: await finish({ ...nothing, turn, ...meant }) }
  }
  const { command, intent } = meant
  const call = remaining.merged ? { command, intent: remaining.merged } : meant
  const sent = filled === intent ? form : null
  const { says } = utterance.event
  const sentWhole =
    says.kind === 'intent' && says.intent.command === command.name ? says.form : undefined
  return {
    kind: 'wants',
    command,
    table: tableFor(command, intent),
    async run() {
      const answered = await perform(parts, utterance, call)
      if (sentWhole && isFaulty(answered)) return finish(withForm(answered, sentWhole, intent))
      // A name that nobody has, hours that do not exist: asked for again.
      if (isFaulty(answered) && question && asksName(question, utterance)) {
        const again = { ...place, expects: expectAnswer(question) }
        const open = remaining.open.some(({ key }) => key === question.key)
        return finish(open ? answered : { ...answered, expects: [...answered.expects, again] })
      }
      // A refused form keeps what was filled in.
      return sent && answered.act?.result === 'refused'
        ? finish(leavingForm(answered, fromStart(sent, intent), utterance))
        : finish(answered)
    },
  }
}

/** With the form that was refused as it was filled in, to be corrected. */
function withForm(answered: Answered, form: Form, intent: Intent): Answered {
  const again = { kind: 'form', form: fromStart(interviewOf(form), intent).form } as const
  return {
    ...answered,
    reply: { ...answered.reply, blocks: [...answered.reply.blocks, again] },
  }
}

/** Says that of several files one is taken. */
function withMoreFiles(answered: Answered): Answered {
  const { says } = answered.turn.event
  const more = says.kind === 'file' ? (says.more ?? 0) : 0
  const { reply, turn } = answered
  if (more === 0 || !turn.who) return answered
  const text = moreFilesText(more, speaker(turn.who.language))
  return { ...answered, reply: { ...reply, blocks: [...reply.blocks, { kind: 'text', text }] } }
}

const unreadOf = ({ text, who, event, sayable }: Utterance): Unread => ({
  ...{ text, staffId: who.id, channel: event.channel },
  sayable: sayable
    .filter(({ phrases }) => phrases)
    .map(({ help: { usage, purpose } }) =>
      [usage, purpose].map((each) => inLanguage(each, who.language)).join(' - '),
    ),
})

const asksName = (question: Question, utterance: Utterance): boolean =>
  takesText(question) && !asksFreeText(question, utterance)

/** Refused, or of a wrong shape. */
const isFaulty = ({ act, expects }: Answered): boolean =>
  act ? act.result === 'refused' : expects.length === 0
