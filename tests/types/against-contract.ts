/** The package's own types against the contract, by assignment in both directions. */
import type * as contract from './contract.js';
import * as own from 'video-task-query';

/** What of the contract the package does not have. It has to be empty. */
type Missing = Exclude<keyof typeof contract, keyof typeof own>;
export const none: [Missing] extends [never] ? true : Missing = true;

/** Compiles where each of the two can stand for the other. */
type Both<A extends B, B extends Same, Same = A> = [A, B];
// @ts-expect-error The second is wider.
export type Wider = Both<'a', 'a' | 'b'>;
// @ts-expect-error The second is narrower.
export type Narrower = Both<'a' | 'b', 'a'>;

export type Types = [
  Both<own.TaskStatus, contract.TaskStatus>,
  Both<own.Task, contract.Task>,
  Both<own.Video, contract.Video>,
  Both<own.FailureReason, contract.FailureReason>,
  Both<own.TaskFailure, contract.TaskFailure>,
  Both<own.TaskWarning, contract.TaskWarning>,
  Both<own.ErrorCode, contract.ErrorCode>,
  Both<own.TaskQueryError, contract.TaskQueryError>,
  Both<own.Endpoint, contract.Endpoint>,
  Both<own.QueryOptions, contract.QueryOptions>,
  Both<own.WaitOptions, contract.WaitOptions>,
  Both<own.WatchManyOptions, contract.WatchManyOptions>,
  Both<own.WatchEvent, contract.WatchEvent>,
  Both<own.Explanation, contract.Explanation>,
  Both<own.PollCursor, contract.PollCursor>,
  Both<own.PollStep, contract.PollStep>,
  Both<own.Client, contract.Client>,
];

/** Whoever makes errors as the contract allows. */
export class Mine extends own.TaskQueryError {
  constructor() {
    super('mine', { cause: null });
  }
}

export type Functions = [
  Both<ConstructorParameters<typeof own.TaskQueryError>, ConstructorParameters<typeof contract.TaskQueryError>>,
  Both<typeof own.isTaskQueryError, typeof contract.isTaskQueryError>,
  Both<typeof own.queryTask, typeof contract.queryTask>,
  Both<typeof own.waitForTask, typeof contract.waitForTask>,
  Both<typeof own.watchTask, typeof contract.watchTask>,
  Both<typeof own.watchTasks, typeof contract.watchTasks>,
  Both<typeof own.parseTask, typeof contract.parseTask>,
  Both<typeof own.explainTask, typeof contract.explainTask>,
  Both<typeof own.nextPoll, typeof contract.nextPoll>,
  Both<typeof own.videoRequest, typeof contract.videoRequest>,
  Both<typeof own.createClient, typeof contract.createClient>,
  Both<typeof own.init, typeof contract.init>,
];
