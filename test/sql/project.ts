import path from 'node:path'
import type { SourceFile } from 'typescript/unstable/ast'
import { API, type Checker } from 'typescript/unstable/sync'

/** What `read` finds in the `wanted` files of src, generated ones left out, with the types of all at hand. */
export function inSources<Found>(
  root: string,
  wanted: (file: string) => boolean,
  read: (source: SourceFile, file: string, checker: Checker) => readonly Found[],
): Found[] {
  const api = new API({ cwd: root })
  try {
    const config = path.join(root, 'tsconfig.json')
    const [project] = api.updateSnapshot({ openProjects: [config] }).getProjects()
    if (!project) throw new Error(`${config} cannot be opened`)
    return project.rootFiles.flatMap((name) => {
      const file = path.relative(root, name)
      if (!/^src\/(?!generated\/)/.test(file) || !wanted(file)) return []
      const source = project.program.getSourceFile(name)
      return source ? read(source, file, project.checker) : []
    })
  } finally {
    api.close()
  }
}
