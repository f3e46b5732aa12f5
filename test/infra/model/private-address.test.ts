import { expect, test } from 'vitest'
import { addressesOf, isPrivate, lookupPrivate } from '../../../src/infra/model/private-address.ts'

test.each([
  ...['127.0.0.1', '127.9.9.9', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.0.9'],
  ...['::1', 'fd00::1', 'fc00::1', '::ffff:10.0.0.1'],
])('%s is private', (address) => {
  expect(isPrivate(address)).toBe(true)
})

test.each([
  ...['8.8.8.8', '172.32.0.1', '192.169.0.1', '169.254.169.254', '0.0.0.0', '100.64.0.1'],
  ...['::', '2001:db8::1', 'fe80::1', '::ffff:8.8.8.8', 'localhost', ''],
])('%s is not', (address) => {
  expect(isPrivate(address)).toBe(false)
})

test('a name is what it resolves to, at the moment of connecting', async () => {
  const found = await addressesOf('localhost')
  expect(found.length).toBeGreaterThan(0)
  expect(found.every(isPrivate)).toBe(true)
  const connected = await new Promise((resolve, reject) => {
    lookupPrivate('localhost', {}, (error, address) => (error ? reject(error) : resolve(address)))
  })
  expect(isPrivate(String(connected))).toBe(true)
  const outside = new Promise((resolve, reject) => {
    lookupPrivate('0.0.0.0', {}, (error, address) => (error ? reject(error) : resolve(address)))
  })
  await expect(outside).rejects.toThrow('0.0.0.0')
})
