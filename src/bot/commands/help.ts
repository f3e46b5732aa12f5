import { z } from 'zod'
import type { Button, Card } from '../../core/card.ts'
import type { Actor } from '../../core/staff.ts'
import { inLanguage, type Language, speaker, type Text } from '../../core/text.ts'
import { type Command, query } from '../command.ts'
import { firstSteps, stepsList } from './first-steps.ts'
import { readOwn } from './policy.ts'

/** What belongs together, as people call it, in the order they need it. */
export interface Topic {
  readonly topic: Text
  readonly commands: readonly Command[]
}

/** So many commands are shown with their purposes at once; with more, one topic at a time. */
const FEW = 8
/** 怎么登记, how do I log a visit. */
const HOW = /^(?:怎么样?|怎样|如何|how (?:do|can|to)\b(?: i\b)?)\s*/
/** So many answer how something is done. */
const MOST_WAYS = 4

/** `help`: what this person may say. Made last, as it speaks of all the others. */
export const helpCommand = (topics: readonly Topic[]): Command =>
  query<{ topic: string | null; how: string | null }, null>({
    name: 'help',
    may: readOwn,
    aloud: true,
    help: {
      usage: { zh: '帮助', en: 'help' },
      purpose: { zh: '可以说什么', en: 'what you can say' },
    },
    phrases: {
      words: [
        ...['帮助', '怎么用', '菜单', '你能干什么', '你能做什么', '你会什么', '能干什么'],
        ...['你是谁', 'who are you'],
        ...['help', 'what can you do', '?', '？'],
      ],
      shape: /^(?:怎么|怎样|如何|how (?:do|can|to)\b).{0,30}$/i,
      read(rest) {
        if (this.shape?.test(rest)) return { kind: 'understood', input: { how: rest } }
        const asked = rest.replace(/[\s.,!?。！？，、~]+$/, '').toLowerCase()
        if (!asked) return { kind: 'understood', input: { topic: null } }
        const known = topics.find(({ topic }) => [topic.zh, topic.en.toLowerCase()].includes(asked))
        return known ? { kind: 'understood', input: { topic: known.topic.zh } } : { kind: 'no' }
      },
    },
    input: z.object({
      topic: z.string().nullable().default(null),
      how: z.string().max(60).nullable().default(null),
    }),
    load: async () => null,
    reply(_facts, { topic, how }, { who }) {
      const theirs = theirsOf(topics, who)
      return (how !== null && howCard(theirs, how, who)) || helpCard(theirs, topic, who)
    },
  })

/** 怎么撤回: the commands with whose word it begins or that have one in it, the longest first; null: there are none. */
function howCard(topics: readonly Topic[], how: string, who: Actor): Card | null {
  const { language } = who
  const say = speaker(language)
  const asked = how.toLowerCase().replace(HOW, '')
  const ways = topics
    .flatMap(({ commands }) => commands)
    .map((command) => ({ command, letters: longestIn(asked, command) }))
    .filter(({ letters }) => letters > 0)
    .sort((one, other) => other.letters - one.letters)
    .slice(0, MOST_WAYS)
  if (ways.length === 0) return null
  const all = { label: say('全部功能', 'Everything'), intent: { command: 'help', input: {} } }
  return {
    title: say('可以这样说', 'What you can say'),
    blocks: [
      { kind: 'list', items: ways.map(({ command }) => ({ text: usageOf(command, language) })) },
      { kind: 'buttons', buttons: [all] },
    ],
  }
}

/** How many letters the longest of a command's words in a text has; one letter alone counts at the beginning: 改. */
const longestIn = (text: string, { phrases }: Command): number =>
  Math.max(
    0,
    ...(phrases?.words ?? []).map((word) =>
      text.startsWith(word) || (word.length > 1 && text.includes(word)) ? word.length : 0,
    ),
  )

const usageOf = ({ help }: Command, language: Language): string =>
  `**${inLanguage(help.usage, language)}**\n${inLanguage(help.purpose, language)}`

/** What a person of this role may say in words, topic by topic. */
const theirsOf = (topics: readonly Topic[], { role }: Actor): Topic[] =>
  topics
    .map(({ topic, commands }) => ({
      topic,
      commands: commands.filter(({ phrases, roles }) => phrases && roles.includes(role)),
    }))
    .filter(({ commands }) => commands.length > 0)

function helpCard(topics: readonly Topic[], asked: string | null, who: Actor): Card {
  const { language } = who
  const say = speaker(language)
  const title = say('可以这样说', 'What you can say')
  const one = topics.find(({ topic }) => topic.zh === asked)
  const count = topics.reduce((sum, { commands }) => sum + commands.length, 0)
  if (one || count <= FEW) {
    const shown = one ? one.commands : topics.flatMap(({ commands }) => commands)
    const items = shown.map((command) => ({ text: usageOf(command, language) }))
    const heading = one && inLanguage(one.topic, language)
    return { title: heading ? `${title} · ${heading}` : title, blocks: [{ kind: 'list', items }] }
  }
  const steps = firstSteps(
    topics.flatMap(({ commands }) => commands),
    who,
  )
  const buttons = topics.map(({ topic }): Button => {
    const intent = { command: 'help', input: { topic: topic.zh } }
    return { label: inLanguage(topic, language), intent }
  })
  return {
    title,
    blocks: [
      stepsList(steps, who),
      { kind: 'text', text: say('其他的点一个主题看：', 'Pick a topic for the rest:') },
      { kind: 'buttons', buttons },
    ],
  }
}
