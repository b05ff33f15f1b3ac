/** The package's own types against the contract, in both directions. */
import type * as contract from './contract.js';
import type * as own from 'video-task-query';

/** What of the contract the package does not have yet. It has to be empty in the end. */
type Missing = 'waitForTask' | 'watchTask' | 'watchTasks' | 'nextPoll' | 'videoRequest';

/** Compiles where every value of `From` is one of `To`. */
type Fits<To, From extends To> = From;
type Both<A extends B, B> = [Fits<B, A>, Fits<A, B extends A ? B : never>];
