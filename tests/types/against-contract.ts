/**
 * The package's own types against the contract, by assignment: what is given to it may be more than the contract has, what
 * it gives is the same.
 */
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

/** Compiles where the first can stand for the second. */
type StandsFor<A extends B, B> = [A, B];

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
  StandsFor<contract.QueryOptions, own.QueryOptions>,
  StandsFor<contract.WaitOptions, own.WaitOptions>,
  StandsFor<contract.WatchManyOptions, own.WatchManyOptions>,
  Both<own.WatchEvent, contract.WatchEvent>,
  Both<own.Explanation, contract.Explanation>,
  Both<own.PollCursor, contract.PollCursor>,
  Both<own.PollStep, contract.PollStep>,
  StandsFor<own.Client, contract.Client>,
];

/** Whoever makes errors as the contract allows. */
export class Mine extends own.TaskQueryError {
  constructor() {
    super('mine', { cause: null });
  }
}

export type Functions = [
  Both<ConstructorParameters<typeof own.TaskQueryError>, ConstructorParameters<typeof contract.TaskQueryError>>,
  StandsFor<typeof own.isTaskQueryError, typeof contract.isTaskQueryError>,
  StandsFor<typeof own.queryTask, typeof contract.queryTask>,
  StandsFor<typeof own.waitForTask, typeof contract.waitForTask>,
  StandsFor<typeof own.watchTask, typeof contract.watchTask>,
  StandsFor<typeof own.watchTasks, typeof contract.watchTasks>,
  StandsFor<typeof own.parseTask, typeof contract.parseTask>,
  StandsFor<typeof own.explainTask, typeof contract.explainTask>,
  StandsFor<typeof own.nextPoll, typeof contract.nextPoll>,
  StandsFor<typeof own.videoRequest, typeof contract.videoRequest>,
  StandsFor<typeof own.createClient, typeof contract.createClient>,
  StandsFor<typeof own.init, typeof contract.init>,
];
