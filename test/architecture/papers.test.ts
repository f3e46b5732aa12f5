import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { withDashes } from '../../src/cli/commands/by-hand.ts'
import { declareCommands } from '../../src/cli/commands/index.ts'

const PAPERS = [
  ...['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name)),
]

/** The id that a heading gets where papers are read. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-')

const anchorsIn = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    anchorOf(heading),
  )

test.each(PAPERS)('every link of %s leads somewhere', (paper) => {
  const links = [...readFileSync(paper, 'utf8').matchAll(/\]\((?!https?:)([^)\s]+)\)/g)]
  const dead = links.flatMap(([, link = '']) => {
    const [to = '', anchor] = link.split('#')
    const file = to === '' ? paper : path.join(path.dirname(paper), to)
    if (!existsSync(file)) return [link]
    return anchor && !anchorsIn(file).includes(decodeURIComponent(anchor)) ? [link] : []
  })
  expect(dead).toEqual([])
})

test('the README is read in one go', () => {
  expect(readFileSync('README.md', 'utf8').split('\n').length).toBeLessThanOrEqual(180)
})

/** The file that CONTRIBUTING has a newcomer write. */
const TO_BE_WRITTEN = 'src/features/clients/count-clients.ts'

test.each(PAPERS)('the files that %s names are there', (paper) => {
  const named = [...readFileSync(paper, 'utf8').matchAll(/`([\w.-]+(?:\/[\w.-]+)+\.(?:ts|json))`/g)]
  const files = named.map(([, file = '']) => file).filter((file) => file !== TO_BE_WRITTEN)
  const isThere = (file: string) =>
    ['', 'src', 'src/bot'].some((folder) => existsSync(path.join(folder, file)))
  expect(files.filter((file) => !isThere(file))).toEqual([])
})

/** Lines for the command line that a paper shows, whole: in a block, or between marks of code. */
const shownLines = (paper: string): string[] =>
  [...readFileSync(paper, 'utf8').matchAll(/(`?)npx chenhui ([^`\n]+)/g)].map(([, , line = '']) =>
    line.replace(/\s+#.*$/, '').trim(),
  )

const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(<[^>]*>|\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '')

test.each(PAPERS)('the command line takes what %s shows', (paper) => {
  const refused = shownLines(paper).flatMap((line) => {
    if (line === '--help') return []
    const cli = declareCommands()
    try {
      cli.parse(['node', 'chenhui', ...withDashes(wordsOf(line))], { run: false })
      if (!cli.matchedCommand) return [line]
      cli.matchedCommand.checkUnknownOptions()
      cli.matchedCommand.checkOptionValue()
      // A name alone speaks of the command.
      if (line.includes(' ')) cli.matchedCommand.checkRequiredArgs()
      cli.matchedCommand.checkUnusedArgs()
      return []
    } catch (error) {
      return [`${line}: ${error instanceof Error ? error.message : error}`]
    }
  })
  expect(refused).toEqual([])
})

test('every table of the schema has its row in the paper of what goes and what stays', () => {
  const schema = readFileSync('prisma/schema.prisma', 'utf8')
  const tables = [...schema.matchAll(/@@map\("(\w+)"\)/g)].map(([, name = '']) => name)
  expect(tables.length).toBeGreaterThan(50)
  const [, terms = ''] = readFileSync('docs/reliability.md', 'utf8').split('## What grows')
  expect(tables.filter((name) => !terms.includes(`\`${name}\``))).toEqual([])
})
