import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contractSteps, LAST_RELEASED } from '../../prisma/scripts/contract-steps.ts'
import { isContract } from '../../src/infra/database/migrate.ts'

test.each([
  ['create table t (a int not null, b numeric(4, 2) not null);', false],
  [
    'create table t (a int); create unique index u on t (a); alter table t alter column a set not null;',
    false,
  ],
  [
    'create table "t" (a int); alter table "t" add constraint f foreign key (a) references c (id);',
    false,
  ],
  ['alter table c add column a int;', false],
  ['alter table c add column a int not null default 0, add column b text;', false],
  ['alter table c add column a text generated always as (b || c) stored not null;', false],
  ['create index i on c (a); -- drop table c', false],
  ["insert into c (a) values ('drop column');", false],
  ['alter table c add constraint k check (a > 0) not valid;', false],
  ['alter table c drop constraint k;', false],
  ['drop index i;', false],
  ['drop table c;', true],
  ['alter table c drop column a;', true],
  ['alter table c rename column a to b;', true],
  ['ALTER TABLE "c" ALTER COLUMN "a" SET DATA TYPE TEXT;', true],
  ['alter table c alter column a type bigint;', true],
  ['alter table c alter column a set not null;', true],
  ['alter table c add column a numeric(4, 2) not null;', true],
  ['alter table c add column a int default 0, add column b int not null;', true],
  [
    'create table t (a int); alter table c add constraint f foreign key (a) references t (id);',
    true,
  ],
  ['create unique index u on c (a);', true],
  ['drop index u; create unique index u on c (a);', true],
  ['-- Looser: not of those.\ndrop index u;\ncreate unique index u on c (a) where b;', false],
  ['-- Looser: not of those.\ndrop index u;\ncreate unique index v on c (a) where b;', true],
])('%s: a build of before cannot serve beside it: %s', (sql, contracts) => {
  expect(contractSteps(sql).length > 0).toBe(contracts)
})

const MIGRATIONS = 'prisma/migrations'
const names = readdirSync(MIGRATIONS, { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map(({ name }) => name)
const stepsOf = (name: string) =>
  contractSteps(readFileSync(`${MIGRATIONS}/${name}/migration.sql`, 'utf8'))

test('migrations behind the last release say by their name what the build before cannot serve beside', () => {
  // What the past did is seen for what it was.
  expect(stepsOf('20261128170000_plain_names')).toContain('renames what is used')
  const unnamed = names.filter(
    (name) => name > LAST_RELEASED && stepsOf(name).length > 0 && !isContract(name),
  )
  expect(unnamed).toEqual([])
})
