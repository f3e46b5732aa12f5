import type { z } from 'zod'
import type { Card } from '../core/card.ts'
import { Choice, Refusal, refuse } from '../core/decision.ts'
import type { Intent } from '../core/intent.ts'
import { type Actor, ROLES, type Role } from '../core/staff.ts'
import type { Language, Say, Text } from '../core/text.ts'
import type { Queries } from '../infra/database/index.ts'
import type { Doubt, Reading } from './grammar/reading.ts'
import type { Scanned } from './grammar/scan/scan.ts'
import type { Account, Slot } from './grammar/slots/slot.ts'
import type { Moment } from './moment.ts'
import type { Asker, Policy } from './policy.ts'
import { askerOf } from './policy.ts'
import type { BankSetting, DayNotes } from './services.ts'

/** How a command is said in words. */
export interface Phrases<Input> {
  /** What it begins with, in both languages; of all commands the longest match wins. */
  readonly words: readonly string[]
  /** Instead of a word or beside it, the shape of the whole line (an outcome begins with a task's number). */
  readonly shape?: RegExp
  /** Fields of the input, at any depth, that are kept as they were typed: notes, reasons. */
  readonly free?: readonly string[]
  /** Fields, at any depth, with the numbers on the list that a line is about. */
  readonly about?: readonly string[]
  /** Each further line may say one more of its own: several outcomes are one message. */
  readonly itemsInLines?: boolean
  /** With `itemsInLines`: how a line begins that says of an item again what is clear of it (1 有意向). */
  begins?(item: unknown, at: Moment): string
  /** A line of this shape means it where nothing else is understood and it names a client. */
  readonly alone?: RegExp
  /** What its word alone is asked, where no command reads that; absent: nothing can be. */
  lacks?(at: Moment): readonly Doubt[]
  /** Reads what follows the word (with `shape`, the whole line). */
  read?(rest: string, at: Moment): Reading<Input>
  /** Instead of `read`: reads a scanned line from where the word ends. See `grammar/slots/phrase.ts`. */
  scans?(scanned: Scanned, from: number): Account<unknown>
  /** With `scans`: what it takes. */
  readonly slots?: readonly Slot[]
  /** With `scans` and no words: a line that begins with numbers of the list or names is read. */
  readonly headed?: true
  /** With `scans`: a line that has this, wherever, may mean it too, and is read from its beginning. */
  readonly anywhere?: RegExp
  /** With `anywhere`: others that the line may mean so are tried first. */
  readonly yields?: true
}

/** What a command may use besides its facts. */
export interface Context {
  readonly who: Actor
  readonly at: Moment
  readonly say: Say
  /** Where it was said from. */
  readonly account: { readonly channel: string; readonly externalId: string }
  /** More than one person reads the answer: mask phone and ID numbers. */
  readonly shared: boolean
  /** What this act makes or closes carries this id, so that it can be undone. */
  readonly actId: string
  /** Where the service's pages are reached, without a slash at the end. */
  readonly publicUrl: string
  readonly bank: BankSetting
  /** Says something to somebody else, in their language, if this act is kept. */
  tell(staffId: string, compose: (language: Language) => Card): Promise<void>
  /** What every feature does with clients who came on file; every door calls it. */
  clientEntered(tx: Queries, clientIds: readonly string[]): Promise<void>
  /** What all features say of a day besides its tasks. */
  readonly dayNotes: DayNotes
  /** What the bank offers or when it works changed: read anew once this act is kept, before the next message is understood. */
  momentChanged(): void
  /** There is something to do beside answers (`Feature.works`), once this act is kept. */
  beginWork(): void
  /** So many rows leave the bank's program in a file: the audit keeps the number. */
  givesOut(rows: number): void
  /** The card of this subject that stands in this conversation is shown anew, a moment later. */
  refreshCard(subject: string): void
  /** What stands on the pages of these people is shown anew, a moment later. */
  refreshPages(staffIds: readonly string[]): void
}

/**
 * A command that takes a file has `uploadId` in its input. One that needs it asks for it as a
 * doubt that expects a `file`.
 */
export interface Files {
  /** Workbooks that carry this marker are meant for this command, whatever is said beside them. */
  readonly marker?: string
  /** With `marker`: it is read after the answer, and not as a table before it. */
  readonly readLater?: boolean
  /** A file sent along with the command's own words goes with it (a photo of a visit). */
  readonly alongside?: boolean
  /**
   * A file that no words and no marker claim goes to it as `uploadId`, with what was written beside it
   * as `caption`, which is asked for where nothing was.
   */
  readonly keeps?: boolean
}

export interface Help {
  readonly usage: Text
  readonly purpose: Text
}

/**
 * What else may be done meanwhile, for the inbox, which answers what several people said in one
 * transaction.
 * - Absent: a query is done beside all others; a command may change anything, and others wait for it.
 * - `'long'`: it may take a second or more (a whole book, a large file), and nobody waits for it.
 * - Of a command, the ids of all that it changes but what is the asker's alone: it is done beside others,
 *   as long as no two of them name the same.
 */
export type Concurrency<Facts> = 'long' | ((facts: Facts) => readonly string[])

/** What a command would do with a line about a client: its button, and its input. */
export interface OfClient<Input = unknown> {
  readonly label: Text
  input(named: string, said: string): Input
}

interface Common<Input, Facts> {
  readonly name: string
  /** Who may do it: who may say it at all, how far they reach, and what must hold of the facts. */
  readonly may: Policy<Facts>
  readonly help: Help
  /** What it answers is public: in a room it may stand for everybody to read. */
  readonly aloud?: boolean
  /** Absent: only buttons and forms say it. */
  readonly phrases?: Phrases<z.input<z.ZodType<Input>>>
  /** What it takes; a function where that depends on what the bank offers. */
  readonly input: z.ZodType<Input> | ((at: Moment) => z.ZodType<Input>)
  readonly files?: Files
  readonly concurrency?: Concurrency<Facts>
  /**
   * Why nothing is asked of what a line leaves open: what it speaks of is not there, something else is asked first, or
   * of that thing it is another command that needs no more. Null: it is asked.
   */
  askedInVain?(tx: Queries, input: unknown, asker: Asker): Promise<Refusal | Choice | Intent | null>
  /** It is offered for a line that names a client and is not understood. */
  readonly ofClient?: OfClient<z.input<z.ZodType<Input>>>
  /** Finds what is meant within the asker's reach. */
  load(tx: Queries, input: Input, context: Context & Asker): Promise<Facts | Refusal | Choice>
}

interface CommandSpec<Input, Facts, Decided> extends Common<Input, Facts> {
  /** It can be taken back by `undo`. */
  readonly undoable?: boolean
  decide(facts: Facts, input: Input, context: Context): Decided | Refusal | Choice
  save(tx: Queries, decided: Decided, context: Context): Promise<void>
  reply(decided: Decided, facts: Facts, context: Context): Card | Promise<Card>
}

interface QuerySpec<Input, Facts> extends Common<Input, Facts> {
  /** Why there is nothing to show, though they may see it; null when there is. */
  fault?(facts: Facts, context: Context): Refusal | null
  reply(facts: Facts, input: Input, context: Context): Card | Promise<Card>
}

/** What became of an intent: a card for its author, and how the audit calls it. */
export type Answer =
  | { readonly result: 'done'; readonly card: Card; readonly undoable: boolean }
  | { readonly result: 'refused'; readonly refusal: Refusal }
  | { readonly result: 'asked'; readonly choice: Choice }
  | { readonly result: 'misread'; readonly fault: z.ZodError }

/** A command or query with its types closed over, as the runner keeps it. */
export interface Command {
  readonly name: string
  readonly may: Policy<never>
  /** Who may say it at all. */
  readonly roles: readonly Role[]
  readonly help: Help
  readonly phrases: Phrases<unknown> | null
  readonly files: Files | null
  readonly concurrency: 'beside' | 'alone' | 'long'
  readonly aloud: boolean
  /** Null: it is not offered for lines that are not understood. */
  readonly ofClient: OfClient | null
  /** It only looks: nothing is changed. */
  readonly looks: boolean
  /** Why nothing is asked of what a line leaves open; null: it is asked. */
  askedInVain(tx: Queries, input: unknown, who: Actor): Promise<Refusal | Choice | Intent | null>
  /** What is wrong with an input by itself; null when it can be read. */
  faultOf(input: unknown, at: Moment): z.ZodError | null
  /** `changes` is told the ids of what it is about to change, where its `concurrency` names them. */
  run(
    tx: Queries,
    input: unknown,
    context: Context,
    changes: (ids: readonly string[]) => void,
  ): Promise<Answer>
}

const refused = (refusal: Refusal): Answer => ({ result: 'refused', refusal })

/** The conversation offers nobody what is not for their role; whatever asks for it is told so here. */
const NOT_FOR_THEM = refuse('这不在您的岗位功能里。', 'This is not for your role.')

/** Something that changes facts: load → may → decide → save → reply, in one transaction. */
export function command<Input, Facts, Decided>(spec: CommandSpec<Input, Facts, Decided>): Command {
  return built(spec, 'alone', async (tx, facts, input, context) => {
    const decided = spec.decide(facts, input, context)
    if (decided instanceof Refusal) return refused(decided)
    if (decided instanceof Choice) return { result: 'asked', choice: decided }
    await spec.save(tx, decided, context)
    const card = await spec.reply(decided, facts, context)
    return { result: 'done', card, undoable: spec.undoable ?? false }
  })
}

/** Something that only looks: load → may → reply. */
export function query<Input, Facts>(spec: QuerySpec<Input, Facts>): Command {
  return built(spec, 'beside', async (_tx, facts, input, context) => {
    const fault = spec.fault?.(facts, context)
    if (fault) return refused(fault)
    return { result: 'done', card: await spec.reply(facts, input, context), undoable: false }
  })
}

function built<Input, Facts>(
  spec: Common<Input, Facts>,
  usual: 'beside' | 'alone',
  then: (tx: Queries, facts: Facts, input: Input, context: Context) => Promise<Answer>,
): Command {
  const { concurrency = usual, input: declared } = spec
  const inputAt = (at: Moment) => (typeof declared === 'function' ? declared(at) : declared)
  return {
    name: spec.name,
    may: spec.may,
    roles: ROLES.filter((role) => role in spec.may.reach),
    help: spec.help,
    phrases: spec.phrases ?? null,
    files: spec.files ?? null,
    concurrency: typeof concurrency === 'function' ? 'beside' : concurrency,
    aloud: spec.aloud ?? false,
    ofClient: spec.ofClient ?? null,
    looks: usual === 'beside',
    askedInVain: async (tx, input, who) =>
      (await spec.askedInVain?.(tx, input, askerOf(spec.may, who))) ?? null,
    faultOf: (unread, at) => inputAt(at).safeParse(unread).error ?? null,
    async run(tx, unread, context, changes) {
      const input = inputAt(context.at).safeParse(unread)
      if (!input.success) return { result: 'misread', fault: input.error }
      const { reach } = askerOf(spec.may, context.who)
      if (!reach) return refused(NOT_FOR_THEM)
      const facts = await spec.load(tx, input.data, { ...context, reach })
      if (facts instanceof Refusal) return refused(facts)
      if (facts instanceof Choice) return { result: 'asked', choice: facts }
      const refusal = spec.may.judge(context.who, facts)
      if (refusal) return refused(refusal)
      if (typeof concurrency === 'function') changes(concurrency(facts))
      return then(tx, facts, input.data, context)
    },
  }
}
