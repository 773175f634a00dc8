/** The order in which a FIFO queue gives its messages (Developer Guide, "FIFO queue delivery logic in Amazon SQS"). */
import type { QueueMethods, SqsQueue } from './fauxqs-modules.ts';

/**
 * A receive gives as many messages of one group as it can before those of the next; fauxqs gives one of each. Messages of
 * a group that become visible again together keep their order.
 */
export function deliverGroupsInOrder(prototype: QueueMethods): void {
  const { dequeueFifo, processTimers, changeVisibility } = prototype;
  prototype.dequeueFifo = giveWholeGroups(dequeueFifo);
  prototype.processTimers = function () {
    const inFlight = this.inflightMessages.size;
    processTimers.call(this);
    if (this.inflightMessages.size !== inFlight) sortGroups(this);
  };
  prototype.changeVisibility = function (receiptHandle, timeoutSeconds) {
    changeVisibility.call(this, receiptHandle, timeoutSeconds);
    if (timeoutSeconds === 0) sortGroups(this);
  };
}

function giveWholeGroups(giveOneOfEachGroup: QueueMethods['dequeueFifo']): QueueMethods['dequeueFifo'] {
  return function (count, visibilityTimeout, findQueue) {
    const giveNext = (limit: number) => giveOneOfEachGroup.call(this, limit, visibilityTimeout, findQueue);
    const timeoutSeconds = visibilityTimeout ?? Number(this.attributes['VisibilityTimeout']);
    // What is visible again at once would be given again and again.
    if (timeoutSeconds === 0) return giveNext(count);
    const given: ReturnType<SqsQueue['dequeue']> = [];
    const givenOfGroups = new Map<string, number>();
    while (given.length < count) {
      const [message] = giveNext(1);
      if (message === undefined) break;
      given.push(message);
      const group = this.inflightMessages.get(message.ReceiptHandle)?.message.messageGroupId;
      if (group === undefined) continue;
      givenOfGroups.set(group, (givenOfGroups.get(group) ?? 0) + 1);
      this.fifoLockedGroups.delete(group);
    }
    for (const [group, messages] of givenOfGroups) this.fifoLockedGroups.set(group, messages);
    return given;
  };
}

function sortGroups({ fifoMessages }: SqsQueue): void {
  for (const messages of fifoMessages.values()) {
    messages.sort(({ sequenceNumber: a = '' }, { sequenceNumber: b = '' }) => (a < b ? -1 : Number(a > b)));
  }
}
