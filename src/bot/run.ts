import { type Card, say as card } from '../core/card.ts'
import type { Channel, Event, Inbox, Intent } from '../core/chat.ts'
import { Choice } from '../core/decision.ts'
import { newId } from '../core/ids.ts'
import type { Actor } from '../core/staff.ts'
import { inLanguage, speaker } from '../core/text.ts'
import type { Database, Queries } from '../infra/database/index.ts'
import type { Log } from '../infra/log.ts'
import type { Spool } from '../infra/spool.ts'
import type { Answer, Command, Context } from './command.ts'
import { inWords, MOST_CHARACTERS, numbered, resumeForm } from './converse.ts'
import { answer, expect, expectAnswer, expectChoice, type Place } from './dialog.ts'
import { claimAccount, createIntroducer } from './enrol.ts'
import type { BankSetting, Reaction } from './feature.ts'
import { meaningOf, type Taken, takeFile } from './file.ts'
import { openTurn, type Turn } from './identify.ts'
import { RESUME } from './interview.ts'
import { createKeeper } from './keep.ts'
import type { Moment } from './moment.ts'
import { queueLetters, revise, tell } from './outbox.ts'
import { isPlainly, parse, type Question } from './parse.ts'
import {
  choiceCard,
  faultCard,
  goneCard,
  misreadCard,
  notTheirsCard,
  strangerCard,
  tooLongCard,
  unknownCard,
} from './replies.ts'

export interface Runner {
  /** Stores an event, drops it when it is a repeat, and answers it through the outbox. */
  receive: Inbox
  /** Answers what was written down and is not answered: by the last process, or for a fault. */
  resume(): Promise<void>
}

export interface RunnerParts {
  readonly database: Database
  readonly commands: readonly Command[]
  readonly channelOf: (name: string) => Channel | undefined
  /** Where events are written down while the database does not answer; null: nowhere. */
  readonly spool: Spool | null
  readonly moment: () => Moment
  readonly publicUrl: string
  readonly bank: BankSetting
  readonly reactions: readonly Reaction[]
  readonly log: Log
  /** Called when there is something new in the outbox. */
  readonly wake: () => void
}

export function createRunner(parts: RunnerParts): Runner {
  const { database, commands, moment, log } = parts
  const byName = new Map(commands.map((command) => [command.name, command]))
  const keeper = createKeeper(database, parts.spool, log)
  const introduce = createIntroducer(database, log)

  const receive: Inbox = async (event) => {
    const { id, safe, stored } = keeper.keep(event, moment().now)
    const answered = stored
      .then((fresh) => {
        if (fresh) return answerOnce(id, event)
        log.debug({ channel: event.channel }, 'repeat dropped')
      })
      .catch((error) => log.error({ received: id, error: describe(error) }, 'not answered yet'))
    await safe
    return { answered }
  }

  /** One transaction: answered together with everything it changed, or not at all. */
  async function answerOnce(id: string, event: Event): Promise<void> {
    const channel = parts.channelOf(event.channel)
    if (channel) await introduce(channel, event, moment().now)
    const taken = channel && (await takeFile(database, channel, id, event, moment().now))
    try {
      await database.transaction(async (tx) => {
        const { now, today } = moment()
        // One conversation is answered in order, whichever instance took its events.
        await tx.$queryRaw`
          select pg_advisory_xact_lock(hashtextextended(${`${event.channel}\n${event.conversation}`}, 0))::text`
        const turn = await openTurn(tx, id, event, channel?.senderIs ?? 'account', now, today)
        if (!turn) return
        const anew = (rest: Turn) => answerEvent(tx, event, rest, taken ?? null, channel)
        const { who } = turn
        const parts = { tx, event, channel, at: moment() }
        const answer = who
          ? await inWords(
              { ...parts, who, commands: commands.filter(sayableBy(who)) },
              turn.expected,
              (expected) => anew({ who, expected }),
              (intent) => perform(tx, intent, who, event, moment()),
            )
          : await anew(turn)
        await reply(tx, event, answer, now)
      })
    } catch (error) {
      log.error({ received: id, error: describe(error) }, 'fault')
      await database.transaction(async (tx) => {
        const { now } = moment()
        if (!(await markAnswered(tx, id, now))) return
        await reply(tx, event, faultCard(id.slice(-8)), now)
      })
    }
    parts.wake()
  }

  async function answerEvent(
    tx: Queries,
    event: Event,
    { who, expected }: Turn,
    taken: Taken | null,
    channel: Channel | undefined,
  ): Promise<Card> {
    const at = moment()
    if (!who) return (await claimAccount(tx, event, at.now)) ?? strangerCard
    const say = speaker(who.language)
    const place: Place = { ...event, staffId: who.id }
    if (event.says.kind === 'intent') return perform(tx, event.says.intent, who, event, at)

    const ask = async (question: Question) => {
      await expect(tx, place, expectAnswer(question), at.now)
      return card(inLanguage(question.doubts[0].question, who.language))
    }
    const sayable = commands.filter(sayableBy(who))
    if (event.says.kind === 'file') {
      const meant = await meaningOf(tx, taken, event.says, who, expected, sayable, at)
      if (meant instanceof Choice) {
        await expect(tx, place, expectChoice(meant), at.now)
        return choiceCard(meant, who.language)
      }
      if ('blocks' in meant) return meant
      return 'doubts' in meant ? ask(meant) : perform(tx, meant, who, event, at)
    }
    const { text } = event.says
    if (text.length > MOST_CHARACTERS) return tooLongCard(say)
    const parsed = parse(text, sayable, at)
    const free = expected?.kind === 'answer' && expected.doubts[0].expects === 'text'
    // Where any text would do, one that plainly is a command is rather meant as that.
    const command = parsed.kind === 'intent' && byName.get(parsed.intent.command)
    const meant = free && command && isPlainly(text, command)
    const answered = expected && !meant && answer(expected, text, at)
    if (answered)
      return 'doubts' in answered ? ask(answered) : perform(tx, answered, who, event, at)
    if (parsed.kind === 'intent') return perform(tx, parsed.intent, who, event, at)
    const pressed = channel && (await numbered(tx, channel, place, text))
    if (pressed) return perform(tx, pressed, who, event, at)
    const resumed = RESUME.test(text.trim()) && (await resumeForm(tx, place, say, at.now))
    if (resumed) return resumed
    if (parsed.kind === 'asks') return ask(parsed.ask)
    if (expected?.kind === 'answer') return ask(expected)
    const known = parse(text, commands, at)
    if (known.kind !== 'unknown') return notTheirsCard(text, say)
    return unknownCard(text, parsed.nearest, say)
  }

  async function perform(tx: Queries, intent: Intent, who: Actor, event: Event, at: Moment) {
    const say = speaker(who.language)
    const command = byName.get(intent.command)
    if (!command) return goneCard(say)
    if (!sayableBy(who)(command))
      return notTheirsCard(inLanguage(command.help.usage, who.language), say)
    const actId = newId()
    const context: Context = {
      who,
      at,
      say,
      shared: event.shared,
      actId,
      publicUrl: parts.publicUrl,
      bank: parts.bank,
      tell: async (staffId, compose) => {
        await tell(tx, staffId, compose, at.now)
      },
      revise: (card) => revise(tx, event, card, at.now),
    }
    const outcome = await command.run(tx, intent.input, context)
    if (outcome.result === 'done' || outcome.result === 'refused') {
      await audit(tx, actId, intent, outcome, who, event, at.now)
    }
    if (outcome.result === 'done') {
      for (const { to, run } of parts.reactions) if (to === command.name) await run(tx, context)
    }
    if (outcome.result === 'asked') {
      await expect(tx, { ...event, staffId: who.id }, expectChoice(outcome.choice), at.now)
      return choiceCard(outcome.choice, who.language)
    }
    if (outcome.result === 'misread') return misreadCard(command, outcome.fault, say)
    if (outcome.result === 'refused') return card(inLanguage(outcome.refusal.because, who.language))
    return outcome.card
  }

  return {
    receive,
    async resume() {
      for (const { id, event } of await keeper.left()) {
        const again = keeper.keep(event, moment().now)
        await again.stored
        await parts.spool?.remove(id)
      }
      const left = await database.prisma.received.findMany({
        where: { answeredAt: null },
        orderBy: { receivedAt: 'asc' },
      })
      for (const row of left) {
        const { channel, conversation, sender, shared, replyTo } = row
        const says = row.says as unknown as Event['says']
        const event: Event = { id: row.externalId, channel, conversation, sender, shared, says }
        await answerOnce(row.id, replyTo ? { ...event, replyTo } : event)
      }
    },
  }
}

const sayableBy =
  (who: Actor) =>
  (command: Command): boolean =>
    command.roles === 'everyone' || command.roles.includes(who.role)

/** False when another process answered it first. */
async function markAnswered(tx: Queries, id: string, now: Date): Promise<boolean> {
  const marked = await tx.$executeRaw`
    update received set answered_at = ${now}::timestamptz
    where id = ${id}::uuid and answered_at is null`
  return marked > 0
}

async function reply(tx: Queries, event: Event, answer: Card, now: Date): Promise<void> {
  const { channel, conversation, replyTo } = event
  const to = { channel, conversation: replyTo ?? conversation }
  const letter = { ...to, card: answer, onceKey: null, replaces: null, notBefore: now }
  await queueLetters(tx, [letter], now)
}

async function audit(
  tx: Queries,
  id: string,
  intent: Intent,
  outcome: Extract<Answer, { result: 'done' | 'refused' }>,
  who: Actor,
  event: Event,
  now: Date,
): Promise<void> {
  const undoable = outcome.result === 'done' && outcome.undoable
  await tx.$executeRaw`
    insert into act (id, staff_id, channel, command, input, result, undoable, at)
    values (${id}::uuid, ${who.id}::uuid, ${event.channel}, ${intent.command},
      ${JSON.stringify(intent.input ?? null)}::jsonb, ${outcome.result}, ${undoable},
      ${now}::timestamptz)`
}

/** What went wrong, without the values that a database error quotes. */
const describe = (error: unknown): string =>
  error instanceof Error
    ? `${error.name} ${error.stack?.split('\n').at(1)?.trim() ?? ''}`
    : 'unknown'
