import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'oxc-parser'

/** A file and everything it imports: paths from the root for our own, package names for others. */
export interface Module {
  readonly file: string
  readonly imports: readonly string[]
  /** Those of `imports` of which more than types is taken as the file is loaded. */
  readonly values: readonly string[]
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
  const loaded = [
    ...module.staticImports
      .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
      .map((each) => each.moduleRequest.value),
    ...module.staticExports.flatMap((each) =>
      each.entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest && !isType ? [moduleRequest.value] : [],
      ),
    ),
  ]
  const named = (each: readonly string[]) =>
    [...new Set(each)].map((specifier) =>
      specifier.startsWith('.')
        ? path.posix.join(path.posix.dirname(file), specifier)
        : packageOf(specifier),
    )
  return { file, imports: named(specifiers), values: named(loaded), source }
}

/** Specifiers of `import('…')`, wherever they stand. */
function dynamicImports(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(dynamicImports)
  if (typeof node !== 'object' || node === null) return []
  const { type, source } = node as { type?: string; source?: { value?: unknown } }
  const own = type === 'ImportExpression' && typeof source?.value === 'string' ? [source.value] : []
  return [...own, ...Object.values(node).flatMap(dynamicImports)]
}

const packageOf = (specifier: string): string =>
  specifier.startsWith('node:')
    ? specifier
    : specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/')
