import { COMPARING, daysMeant, limitMeans, usageMeans, worthMeans } from './bounds.ts'
import { SOURCE, sourcesMeant } from './source-words.ts'
import type { Word } from './word.ts'

/** English words stand by themselves. */
const word = (said: string, means: Word['means']): Word => ({
  said: `(?<![a-z0-9])(?:${said})(?![a-z0-9])`,
  means,
})

const FILLERS =
  'please|show me|show|give me|tell me|find|the|an|is|are|was|were|there|do|does|did|have|have an?|has|had|with|with an?|been|so far|yet|still|any|anything|their|his|her|them|that|to|up|out|whose|with us|now|currently|and|or|me|we|calls'

const YUAN = '(?<amount>(?:cny ?)?[\\d,.]{1,12} ?(?:k|m|million|thousand)?)'
const TIER = '(?:tier|class|grade)'

/** What English questions are made of. */
export const EN: readonly Word[] = [
  word(FILLERS, {}),
  word('of|in|from|at|for|by|on', { joins: true }),
  { said: "'s(?![a-z])", means: { joins: true } },

  // What asks.
  word('which|list', { asks: true, as: 'list' }),
  word('how many|number of|count(?: of)?', { asks: true, as: 'count' }),
  word('how much|total(?: amount)?|sum(?: of)?', { asks: true, as: 'sum' }),
  word("what(?: is|'s)?(?: there)?(?: to do)?|what do i have|agenda|schedule", {
    asks: true,
    as: 'list',
    else: 'tasks',
  }),
  word('who', { asks: true, who: true }),

  // What is asked for.
  word('clients?|customers?', { of: 'clients' }),
  word('prospects?', { else: 'clients', where: { by: 'kind', among: ['prospect'] } }),
  word('credits?|credit lines?', { else: 'clients', debt: 'credit' }),
  word('loans?', { else: 'clients', debt: 'loan' }),
  word('tasks?|to-?dos?', { of: 'tasks' }),
  word('needs', { of: 'needs' }),
  word('referrals?', { of: 'referrals' }),
  word('outcomes?', { of: 'outcomes' }),
  word('numbers|figures|performance', { asks: true, of: 'outcomes', as: 'count', by: 'sort' }),

  // What was done, and what was not.
  word('did i do|have i done|i did', {
    ...{ asks: true, of: 'outcomes', as: 'count', by: 'sort', whose: 'me' },
  }),
  word(
    "how(?:'?s| is| was| did) my (?<unit>day|week|month|quarter)(?: go| going)?",
    ({ unit = '' }) => ({
      ...{ asks: true, of: 'outcomes', as: 'count', by: 'sort', whose: 'me' },
      when: unit === 'day' ? 'today' : (`this-${unit}` as 'this-month'),
    }),
  ),
  word('what did', { asks: true, of: 'outcomes', as: 'list' }),
  word('visits?', { of: 'outcomes', sorts: ['visit'] }),
  word('visited', { of: 'outcomes', sorts: ['visit'] }),
  word('(?:call|called|reach|reached|log|logged|done)', { of: 'outcomes' }),
  word('new clients?', { of: 'clients', entered: true }),
  word('entered|added', { of: 'clients', entered: true }),
  word('left(?: to do)?|to go|open', { undone: true }),
  word(
    "(?:has|have|did)(?: not|n't)(?: yet)? (?:logged?|called?|done|do|reached?)(?: anything| anybody| anyone| any| a call| an outcome)?",
    { undone: true },
  ),
  word("(?:has|have|did)(?: not|n't)(?: yet)? visit(?:ed)?(?: anybody| anyone)?", {
    undone: true,
    sorts: ['visit'],
  }),
  word('overdue', { of: 'tasks', when: 'gone-by' }),
  word('interested', { sorts: ['interested'] }),
  word('thinking', { sorts: ['thinking'] }),
  word('no answers?', { sorts: ['no-answer'] }),
  word('declined', { sorts: ['declined'] }),
  word('applied', { sorts: ['applied'] }),
  word('granted', { sorts: ['granted'] }),

  // Whose.
  word('my|mine|i', { whose: 'me' }),
  word('our|team|my team|our team|everybody|everyone', { whose: 'team' }),

  // Divided by.
  word(`(?:by|per|each) ${TIER}`, { else: 'clients', by: 'tier' }),
  word('(?:by|per|each) (?:manager|person)', { by: 'manager' }),
  word('(?:by|per|each) (?:team|unit|branch)', { by: 'unit' }),
  word('(?:by|per|each) region', { else: 'clients', by: 'region' }),
  word('(?:by|per|each) cluster', { else: 'clients', by: 'cluster' }),
  word('(?:by|per|each) industry', { else: 'clients', by: 'industry' }),
  word('(?:by|per|each) source', { else: 'clients', by: 'source' }),
  word('(?:by|per|each) (?:outcome|product)', { by: 'sort' }),

  // Conditions on clients.
  // A alone is a tier only where an article cannot stand.
  word(
    `(?<tier>[b-f]|a(?=(?: and| or|,)? (?:clients?|customers?|${TIER}|with|without|in|of|or|and)(?![a-z])|[?.,!]*$))(?:[ -]?${TIER})?`,
    ({ tier = '' }) => ({
      else: 'clients',
      where: { by: 'tier', among: [tier.toUpperCase()] },
    }),
  ),
  word(`${TIER} (?<tier>[a-f])`, ({ tier = '' }) => ({
    else: 'clients',
    where: { by: 'tier', among: [tier.toUpperCase()] },
  })),
  word('existing', { else: 'clients', where: { by: 'kind', among: ['existing'] } }),
  word('lapsed', { else: 'clients', where: { by: 'kind', among: ['lapsed'] } }),
  ...['premium', 'ordinary', 'unclassified', 'undetermined'].map((tier) =>
    word(`${tier}(?: targets?)?`, { else: 'clients', where: { by: 'tier', among: [tier] } }),
  ),
  {
    said: `(?<![a-z])usage (?<by>${COMPARING}) ?(?<share>\\d{1,3}(?:\\.\\d{1,2})?) ?%`,
    means: usageMeans,
  },
  word(`(?:credit )?limit (?<by>${COMPARING}) ?${YUAN}`, limitMeans),
  word(`(?:loan )?balance (?<by>${COMPARING}) ?${YUAN}`, worthMeans('balance')),
  word(`deposits? (?<by>${COMPARING}) ?${YUAN}`, worthMeans('deposits')),
  word(`(?:yearly )?income (?<by>${COMPARING}) ?${YUAN}`, worthMeans('income')),
  word('ends?|ending|due|expires?|expiring', { else: 'clients', ends: true }),
  word('(?:has|have) ended', { else: 'clients', ends: true, when: 'gone-by' }),
  word('(?:loans? overdue|overdue loans?)', {
    ...{ else: 'clients', debt: 'loan', ends: true, when: 'gone-by' },
  }),
  word(
    "(?:(?:who )?(?:has|have)(?: not|n'?t)|not|never) (?:been )?(?:contacted|touched|called)(?: for| in)? (?<count>\\d{1,4}) (?<unit>days?|weeks?|months?)",
    ({ count = '', unit = '' }) => {
      const days = daysMeant(count, unit)
      return days ? { asks: true, else: 'clients', where: { by: 'uncontacted', days } } : null
    },
  ),
  word('without(?: a| any)? next task', { else: 'clients', where: { by: 'next-task', is: false } }),
  word('with a next task', { else: 'clients', where: { by: 'next-task', is: true } }),
  word('with (?:incomplete|thin) files?|incomplete|files? not complete', {
    else: 'clients',
    where: { by: 'complete', is: false },
  }),
  word('with complete files?|files? complete', {
    else: 'clients',
    where: { by: 'complete', is: true },
  }),
  word(
    `from (?<said>${SOURCE}(?: or ${SOURCE})*)|by (?<introduced>referral)`,
    ({ said, introduced }) => sourcesMeant({ said: said ?? introduced ?? '' }),
  ),
  word('walk-ins?', { else: 'clients', where: { by: 'source', among: ['walk-in'] } }),
  word("without(?: an?)?|no|(?:that )?(?:do not|don't|does not|doesn't) have(?: an?)?", {
    held: false,
  }),
  word('holding(?: an?)?', { held: true }),

  word('(?:the )?most|ranking', { asks: true, as: 'count', ranked: 'most' }),
  word('(?:the )?(?:least|fewest)', { asks: true, as: 'count', ranked: 'least' }),

  word("how am i doing|how(?:'s| is) it going", {
    ...{ asks: true, of: 'outcomes', as: 'count', by: 'sort', whose: 'me' },
  }),
  word("how(?:'s| is) (?:my|the|our) team doing|how are we doing", {
    ...{ asks: true, of: 'outcomes', as: 'count', by: 'sort', whose: 'team' },
  }),

  // When.
  word('today', { when: 'today' }),
  word('yesterday', { when: 'yesterday' }),
  word('tomorrow', { when: 'tomorrow' }),
  ...(['week', 'month', 'quarter'] as const).flatMap((unit) => [
    word(`this ${unit}`, { when: `this-${unit}` }),
    word(`last ${unit}`, { when: `last-${unit}` }),
    word(`next ${unit}`, { when: `next-${unit}` }),
  ]),
  word('this year', { when: 'this-year' }),
  word('last year', { when: 'last-year' }),
  word(
    '(?:within|in the next) (?<count>\\d{1,4}) (?<unit>days?|weeks?|months?)',
    ({ count = '', unit = '' }) => {
      const ahead = daysMeant(count, unit)
      return ahead ? { when: { ahead } } : null
    },
  ),
  word(
    '(?:in the )?last (?<count>\\d{1,4}) (?<unit>days?|weeks?|months?)',
    ({ count = '', unit = '' }) => {
      const back = daysMeant(count, unit)
      return back ? { when: { back } } : null
    },
  ),
]
