import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'oxc-parser'

/** A file and everything it imports: paths from the root for our own, package names for others. */
export interface Module {
  readonly file: string
  readonly imports: readonly string[]
  readonly source: string
}

/** Every TypeScript file below a folder, with its imports, type imports included. */
export function modulesBelow(folder: string): Module[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => moduleOf(path.join(folder, name)))
}

function moduleOf(file: string): Module {
  const source = readFileSync(file, 'utf8')
  const { module, program, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  const specifiers = [
    ...module.staticImports.map((each) => each.moduleRequest.value),
    ...module.staticExports.flatMap((each) =>
      each.entries.flatMap((entry) => (entry.moduleRequest ? [entry.moduleRequest.value] : [])),
    ),
    ...dynamicImports(program),
  ]
  const imports = specifiers.map((specifier) =>
    specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(file), specifier)
      : packageOf(specifier),
  )
  return { file, imports: [...new Set(imports)], source }
}

/** Specifiers of `import('…')`, wherever they stand. */
const dynamicImports = (program: unknown): string[] =>
  nodesOf(program, 'ImportExpression').flatMap(({ source }) => {
    const { value } = source as { value?: unknown }
    return typeof value === 'string' ? [value] : []
  })

/** The nodes of a kind below a node of a syntax tree. */
function nodesOf(node: unknown, kind: string): Readonly<Record<string, unknown>>[] {
  if (Array.isArray(node)) return node.flatMap((each) => nodesOf(each, kind))
  if (typeof node !== 'object' || node === null) return []
  const own = 'type' in node && node.type === kind ? [{ ...node }] : []
  return [...own, ...Object.values(node).flatMap((each) => nodesOf(each, kind))]
}

/** Of the template literals of a source each text before and behind a value. */
export const aroundValues = (file: string, source: string): { before: string; behind: string }[] =>
  nodesOf(parseSync(file, source).program, 'TemplateLiteral').flatMap(({ quasis }) => {
    const texts = (quasis as { value: { raw: string } }[]).map(({ value }) => value.raw)
    return texts.slice(1).map((behind, place) => ({ before: texts[place] ?? '', behind }))
  })

const packageOf = (specifier: string): string =>
  specifier.startsWith('node:')
    ? specifier
    : specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/')
