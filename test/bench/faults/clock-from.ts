/** A flag for Node that sets the clock of a process before anything of it runs. */
export const clockFrom = (begins: Date): string => {
  const code = `const Real = Date, away = ${begins.getTime()} - Real.now()
    globalThis.Date = class extends Real {
      constructor(...given) { given.length ? super(...given) : super(Real.now() + away) }
      static now() { return Real.now() + away }
    }`
  return `--import=data:text/javascript,${encodeURIComponent(code)}`
}
