import { textCard } from '../../core/card.ts'
import { UNREADABLE } from '../../core/chat.ts'
import { Choice } from '../../core/decision.ts'
import { newId } from '../../core/ids.ts'
import { inLanguage, speaker } from '../../core/text.ts'
import { beginningOf, isCommandWord } from '../grammar/commands/candidates.ts'
import { aloneIn, inOrder, parse, type Question } from '../grammar/parse.ts'
import { meaningOf, takesFiles } from '../inbox/attachments.ts'
import { saidBy } from '../second-reader/said-by.ts'
import { aside, forgetAll } from './dialog-store.ts'
import { DROP, RESUME } from './form-dialog.ts'
import { calls, type Interpretation, notTheirs, offers, type Said, says } from './interpretation.ts'
import { askedByWord } from './questions/bare-word.ts'
import { askAgain, leftQuestions } from './questions/open-questions.ts'
import {
  droppedCard,
  linesCard,
  MOST_QUOTED,
  notHeardCard,
  nothingOpenCard,
  notWordsCard,
  type OfClientSaid,
  orderedOf,
  proposedCard,
  short,
  tooLongCard,
  unknownCard,
} from './replies.ts'
import { MOST_CHARACTERS, numbered, resume } from './resume.ts'
import { smallTalk, smallTalkCard } from './small-talk.ts'
import type { Utterance } from './utterance.ts'
import { waitingOn } from './waiting-steps.ts'

// Steps for what an utterance says by itself, whatever waits. Their order is in steps.ts.

/** A place, a link: no channel hands it over as words. A voice message that nobody could make out. */
export const notWords = (utterance: Utterance): Said | null => {
  const { says: said } = utterance.event
  if (said.kind === 'file' && said.voice) {
    return waitingOn(notHeardCard(speaker(utterance.language)), utterance)
  }
  return said.kind === 'intent' && said.intent.command === UNREADABLE
    ? waitingOn(notWordsCard(speaker(utterance.language)), utterance)
    : null
}

export const button = (utterance: Utterance): Interpretation | null =>
  utterance.event.says.kind === 'intent' ? calls(utterance.event.says.intent, utterance) : null

export async function file(utterance: Utterance): Promise<Interpretation | null> {
  const { event, turn, sayable } = utterance
  if (event.says.kind !== 'file') return null
  const taken = takesFiles(sayable) ? turn.queued.file : ({ problem: 'unwanted' } as const)
  const meant = await meaningOf(utterance, taken, event.says)
  if (meant instanceof Choice) return offers(meant, utterance)
  if ('blocks' in meant) return says(meant)
  return 'doubts' in meant ? askAgain(meant, utterance) : calls(meant, utterance)
}

export const tooLong = (utterance: Utterance): Said | null =>
  utterance.text.length > MOST_CHARACTERS
    ? waitingOn(tooLongCard(speaker(utterance.language)), utterance)
    : null

/** Commands in the lines of one message: each is answered by itself. What is not all commands is picked from. */
export function severalCommands(utterance: Utterance): Said | null {
  const { parsed, sayable, at, names, event, language } = utterance
  if (parsed.kind !== 'lines' || utterance.instead !== 'command') return null
  const { lines } = parsed
  const read = lines.map((line) => [line, parse(line, sayable, at, names)] as const)
  const follow =
    lines.length <= MOST_QUOTED &&
    read.every(([, { kind }]) => kind === 'intent' || kind === 'asks')
  if (follow && !event.shared) {
    const follows = lines.map(
      (text, place) =>
        ({
          id: newId(),
          event: { ...event, id: `${event.id}#${place}`, says: { kind: 'text', text, cut: true } },
        }) as const,
    )
    return { ...waitingOn({ blocks: [] }, utterance), unsaid: true, follows }
  }
  const whole = read.flatMap(([line, said]) =>
    said.kind === 'intent' ? [[line, { label: short(line), intent: said.intent }] as const] : [],
  )
  return waitingOn(linesCard(lines, new Map(whole), speaker(language)), utterance)
}

/**
 * The word of another role's command and nothing else, or a longer one than that of one's own which it begins with
 * (查负面 张三): no command of one's own may take a part of it for a name.
 */
export function wordOfOtherRole(utterance: Utterance): Said | null {
  const { parsed, text, commands, sayable, names, at } = utterance
  if (parsed.kind === 'unknown' || parsed.kind === 'lines') return null
  const own = beginningOf(text, sayable)
  const theirs = beginningOf(text, commands, { setOff: true })
  if (own && theirs.length > own.length && theirs.startsWith(own)) {
    return waitingOn(notTheirs(text, parse(text, commands, at, names), utterance), utterance)
  }
  if (names.length > 0) return null
  if (isCommandWord(text, sayable) || !isCommandWord(text, commands)) return null
  const { command, input } = parsed.kind === 'intent' ? parsed.intent : parsed.ask.intent
  const begun = utterance
    .commandNamed(command)
    ?.phrases?.words?.some((word) => text.toLowerCase().startsWith(word))
  return begun || quotes(input, text)
    ? waitingOn(notTheirs(text, parse(text, commands, at, names), utterance), utterance)
    : null
}

/** Whether an input has a Chinese name out of the line that it was read from; its own terms are English. */
const quotes = (input: unknown, line: string): boolean =>
  typeof input === 'string'
    ? /\p{Script=Han}/u.test(input) && line.includes(input)
    : Object.values(input ?? {}).some((each) => quotes(each, line))

export const asCommand = (utterance: Utterance): Interpretation | null =>
  utterance.parsed.kind === 'intent' ? calls(utterance.parsed.intent, utterance) : null

/** The number of a button on the last card, where the channel has no buttons. */
export async function asNumber(utterance: Utterance): Promise<Interpretation | null> {
  const { tx, channel, place, text } = utterance
  const pressed = channel && (await numbered(tx, channel, place, text))
  return pressed && calls(pressed, utterance)
}

export const resumeLeft = async (utterance: Utterance): Promise<Said | null> =>
  RESUME.test(utterance.text.trim()) ? resume(utterance) : null

/** What a command still wants. */
export async function incompleteCommand(utterance: Utterance): Promise<Interpretation | null> {
  const { parsed } = utterance
  return parsed.kind === 'asks' ? askedOf(parsed.ask, utterance) : null
}

/** A command's word and nothing else: 走访. */
export async function wordAlone(utterance: Utterance): Promise<Interpretation | null> {
  const asked = askedByWord(utterance)
  return asked && askedOf(asked, utterance)
}

/** A question, unless what it is about is not there: then there is nothing to be asked. */
async function askedOf(question: Question, utterance: Utterance): Promise<Interpretation> {
  const { tx, who, language } = utterance
  const { command, input } = question.intent
  const vain = await utterance.commandNamed(command)?.askedInVain(tx, input, who)
  if (!vain) return askAgain(question, utterance)
  if (vain instanceof Choice) return offers(vain, utterance)
  if ('command' in vain) return calls(vain, utterance)
  return waitingOn(textCard(inLanguage(vain.because, language)), utterance)
}

export function answerSmallTalk({ text, sayable, language }: Utterance): Said | null {
  const talk = smallTalk(text)
  return talk && says(smallTalkCard(talk, sayable, speaker(language)))
}

/** 算了 where nothing waits drops the question that was left. */
export async function dropLeft({ tx, text, place, at, language }: Utterance): Promise<Said | null> {
  if (!DROP.test(text.trim())) return null
  const left = await leftQuestions(tx, place, at.now)
  if (left.length === 0) return says(nothingOpenCard(speaker(language)))
  await forgetAll(tx, [aside(place, 'question')])
  return says(droppedCard(speaker(language)))
}

/** A command with its word behind the client (张三 需要 结算卡), offered in order. */
export function reorder(utterance: Utterance): Said | null {
  const { text, sayable, at, language } = utterance
  const ordered = inOrder(text, sayable, at)
  return ordered && offers(orderedOf(ordered.said, ordered.intent, speaker(language)), utterance)
}

export function ofOtherRole(utterance: Utterance): Said | null {
  const { text, commands, at, names } = utterance
  const read = parse(text, commands, at, names)
  return read.kind === 'unknown' ? null : says(notTheirs(text, read, utterance))
}

/** What the second reader proposed, where that is complete and for the speaker's role: offered, never done. */
export function secondReading(utterance: Utterance): Said | null {
  const { turn, text, sayable, at, language } = utterance
  const line = turn.queued.secondReading
  const read = line ? parse(line, sayable, at) : null
  if (!line || read?.kind !== 'intent') return null
  const command = utterance.commandNamed(read.intent.command)
  if (!command || command.faultOf(read.intent.input, at) || !saidBy(line, text, command))
    return null
  const button = { label: line, intent: read.intent }
  return says(proposedCard(text, button, speaker(language)))
}

/** A client's name, initials or the end of a phone by itself, where there is such a client. */
export async function openClient(utterance: Utterance): Promise<Interpretation | null> {
  const { tx, who, text, sayable, at, clientsSaid } = utterance
  const meant = aloneIn(text, sayable, at)
  return meant && (await clientsSaid.isOne(tx, who, meant.named))
    ? calls(meant.intent, utterance)
    : null
}

/** A client's name where it cannot be the answer to what waits; digits may be a mistyped one. */
export const openClientMeanwhile = (
  utterance: Utterance,
): Promise<Interpretation | null> | Interpretation | null =>
  utterance.question && !/\d/.test(utterance.text) ? openClient(utterance) : null

/** Not understood, with the commands that come nearest, and what may be done with what is said of a client. */
export function suggest(utterance: Utterance): Said {
  const { text, sayable, at, parsed, language } = utterance
  const nearest = parsed.kind === 'unknown' ? parsed.nearest : []
  const nobody = aloneIn(text, sayable, at) !== null
  const card = unknownCard(text, nearest, nobody, ofClientIn(utterance), speaker(language))
  return { ...says(card), unread: text !== '' }
}

/** The first client of theirs in a text, with what may be done with it; what only looks stands first. Null: none. */
function ofClientIn({ text, sayable, names, at, language }: Utterance): OfClientSaid | null {
  const [named] = longest(names).toSorted((a, b) => text.indexOf(a) - text.indexOf(b))
  if (named === undefined) return null
  const offered = sayable.toSorted((a, b) => Number(b.looks) - Number(a.looks))
  const buttons = offered.flatMap(({ name, ofClient, faultOf }) => {
    const input = ofClient?.input(named, text)
    // Longer than it takes, for one.
    if (!ofClient || faultOf(input, at)) return []
    return [{ label: inLanguage(ofClient.label, language), intent: { command: name, input } }]
  })
  return buttons.length > 0 ? { named, buttons } : null
}

/** Of names of which one is a part of another, the longer. */
const longest = (names: readonly string[]): string[] =>
  names.filter((each) => !names.some((other) => other !== each && other.includes(each)))
