/** @module-tag long */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Job } from '../../src/bot/feature.ts'
import { lastRuns } from '../../src/bot/operations/job-runs.ts'
import { startJobs } from '../../src/bot/run-jobs.ts'
import { runNight } from '../../src/features/tasks/care/run-night.ts'
import { push, pushMorning } from '../../src/features/tasks/list/push-morning.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { until } from '../support/until.ts'

describe.each(DATABASES)('jobs in time on %s', (kind) => {
  let bank: Bank
  const stops: (() => Promise<void>)[] = []
  let ran: string[]
  beforeEach(async () => {
    ran = []
    bank = await openBank(kind)
  })
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop()
    await bank.close()
  })

  const notes = (name: string, at: string, more: Partial<Job> = {}): Job => ({
    ...{ name, at: () => at, catchUpHours: 6 },
    run: async (_house, { today }) => void ran.push(`${name} ${today}`),
    ...more,
  })
  /** An instance; resolves to its minute's ring. */
  async function start(jobs: readonly Job[], services = bank.app.services) {
    let minute = async () => {}
    stops.push(
      await startJobs(services, jobs, (ring) => {
        minute = ring
        return { stop: async () => {} }
      }),
    )
    return () => minute()
  }
  const barrier = (name: string) => notes(name, '00:00', { catchUpHours: 24 })

  test('whatever minute was missed, each of the day runs once, over two instances', async () => {
    bank.setClock('2026-11-24T02:19:00+08:00')
    const jobs = [notes('one', '02:20'), notes('two', '02:41'), notes('three', '08:41')]
    const minutes = [await start(jobs), await start(jobs)]
    expect(ran).toEqual([])
    // The clock was set forward over both, or the process stood still.
    bank.setClock('2026-11-24T02:43:00+08:00')
    for (const minute of [...minutes, ...minutes]) await minute()
    await until(() => expect(ran).toHaveLength(2))
    // Set back, and over it again.
    for (const time of ['02:10', '02:20', '02:50']) {
      bank.setClock(`2026-11-24T${time}:00+08:00`)
      for (const minute of minutes) await minute()
    }
    bank.setClock('2026-11-24T08:45:00+08:00')
    for (const minute of minutes) await minute()
    await until(() => expect(ran).toContain('three 2026-11-24'))
    expect(ran.sort()).toEqual(['one', 'three', 'two'].map((name) => `${name} 2026-11-24`))
  })

  test('a job that failed for good is taken up again by a later minute of its time', async () => {
    bank.setClock('2026-11-24T02:21:00+08:00')
    let fails = true
    const run = async () => {
      if (fails) throw new Error('the database restarts')
      ran.push('done')
    }
    const minute = await start([notes('night', '02:20', { run })])
    const failed = () =>
      bank.rows(`select 1 from pgboss.job where name = 'night' and state = 'failed'`)
    await until(async () => {
      // As often as it takes: the queue may just be putting the job anew.
      await bank.rows(`update pgboss.job set retry_limit = 0 where name = 'night'`)
      expect(await failed()).toHaveLength(1)
    })
    fails = false
    bank.setClock('2026-11-24T03:30:00+08:00')
    await minute()
    await until(() => expect(ran).toEqual(['done']))
    await minute()
    expect(await failed()).toHaveLength(0)
  })

  test('what was missed beyond its time is not run, nor a job of a day gone by', async () => {
    bank.setClock('2026-11-24T08:30:00+08:00')
    const minute = await start([notes('night', '02:20'), barrier('a')])
    await minute()
    await until(() => expect(ran).toEqual(['a 2026-11-24']))
  })

  test('what was missed is told, but of a new bank nothing', async () => {
    bank.setClock('2026-11-24T10:00:00+08:00')
    const told: unknown[] = []
    const warn = (fields: object) => told.push(fields)
    const { services } = bank.app
    const watched = { ...services, log: Object.assign(Object.create(services.log), { warn }) }
    const jobs = [notes('night', '02:20'), barrier('a')]
    await start(jobs, watched)
    await until(async () => expect(await lastRuns(bank.database.prisma)).toHaveLength(1))
    // Nor is it, of that day, by whoever starts later.
    await start(jobs, watched)
    expect(told).toEqual([])
    bank.setClock('2026-11-25T10:00:00+08:00')
    await start(jobs, watched)
    expect(told).toEqual([{ job: 'night', day: '2026-11-25' }])
  })

  test('lists that went out without the tasks of the night say so', async () => {
    const { services } = bank.app
    await push(services, services.moment(), { dryRun: false, complete: false })
    expect(JSON.stringify(await bank.told())).toContain('夜间任务没有排好')
  })

  test('after a weekend off, the lists of Monday 09:00 wait for the tasks of the night', async () => {
    bank.setClock('2026-11-30T09:00:00+08:00')
    const order: string[] = []
    const slow = (job: Job, before: () => Promise<unknown>): Job => ({
      ...job,
      async run(services, moment) {
        await before()
        await job.run(services, moment)
        order.push(job.name)
      },
    })
    // The night begins when the lists are already waiting for it.
    let listsBegan = () => {}
    const waiting = new Promise<void>((resolve) => {
      listsBegan = resolve
    })
    await start([slow(pushMorning, async () => listsBegan()), slow(runNight, () => waiting)])
    await until(() => expect(order).toEqual(['run-night', 'push-morning']))
    const told = await bank.told()
    expect(told.map(({ code }) => code)).toContain('M1')
    expect(JSON.stringify(told)).not.toContain('夜间任务')
  })
})
