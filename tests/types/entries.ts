/** The entries beside the first, as TypeScript finds them that knows nothing of `exports` too. */
import { queryTask, type Task } from 'video-task-query';
import * as inline from 'video-task-query/inline';
import * as slim from 'video-task-query/slim';

export async function ask(bytes: Uint8Array): Promise<Task> {
  await inline.init();
  await slim.init(bytes);
  // @ts-expect-error it has no WebAssembly of its own
  await slim.init();
  // @ts-expect-error that is none either
  await slim.init(undefined);
  const task: Task = await slim.queryTask('sora-2:task_1');
  return task.isDone ? task : inline.waitForTask(task.id).catch(() => queryTask(task.id));
}
