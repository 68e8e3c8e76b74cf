using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Subscriptions;
using GridMesh.Grains.Directory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace GridMesh.Grains.Subscriptions;

/// <summary>
/// Follows the journal for one subscription. The journal is the outbox: nothing is queued in memory, only the cursor is
/// kept, and it moves when a message was taken or buried. So a crash sends the last page again, and loses nothing.
/// </summary>
internal sealed partial class SubscriptionGrain(
    ISubscriptionStore store, IFactReader facts, IJournal journal, IWebhookClient client, DirectoryRules rules,
    IOptions<WebhookOptions> options, TimeProvider time, ILogger<SubscriptionGrain> log)
    : MeshGrain, ISubscriptionGrain, IRemindable
{
    private const string Reminder = "follow";

    private readonly WebhookOptions _options = options.Value;
    private DeliveryState _delivery = null!;
    private Subscription? _subscription;
    private IGrainTimer? _timer;
    private int _deadLetters;

    private string Id => this.GetPrimaryKeyString();

    protected override async Task WakeAsync(CancellationToken cancellation)
    {
        SubscriptionMeter.Start();

        // Each subscription has its own pauses, and the same ones in every run.
        _delivery = new DeliveryState(_options, new Random(Id.Aggregate(17, (seed, c) => unchecked((seed * 31) + c))));
        await LoadAsync(cancellation);
        if (_subscription is not null)
            await FollowFromNowOnAsync();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        SubscriptionMeter.Gone(Id);
        return Task.CompletedTask;
    }

    public async Task<SubscriptionOutcome> CreateAsync(Subscription subscription)
    {
        if (client.Refuse(subscription.Url) is { } problem)
            return new SubscriptionOutcome(null, problem);

        var stored = await store.CreateAsync(subscription);
        if (stored is null)
            return new SubscriptionOutcome(null, null);

        if (_subscription is null)
        {
            await LoadAsync(CancellationToken.None);
            await FollowFromNowOnAsync();
        }

        return new SubscriptionOutcome(stored.Subscription, null);
    }

    public Task WakeAsync() => Task.CompletedTask;

    /// <summary>Waking is what the reminder is for. One left over from a subscription that is gone goes.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (_subscription is null)
            await ForgetAsync();
    }

    public Task<SubscriptionStatus?> GetStatusAsync() => Task.FromResult(_subscription is null
        ? null
        : new SubscriptionStatus(
            _deadLetters >= DeadLetter.CountMax ? DeliveryStep.Full
                : _delivery.Attempts > 0 ? DeliveryStep.Retrying
                : DeliveryStep.Following,
            _cursor, LagSeconds, _delivery.Delivered, _delivery.Attempts, _delivery.NextAttemptAt,
            _delivery.LastDeliveredAt, _delivery.LastError, _deadLetters));

    public async Task<bool> DeleteAsync()
    {
        var existed = await store.DeleteAsync(Id);
        await ForgetAsync();
        return existed;
    }

    public async Task<ResendOutcome?> ResendAsync(long number)
    {
        if (_subscription is not { } subscription
            || await store.ListDeadAsync(Id, number - 1, 1) is not [{ } letter] || letter.Number != number)
        {
            return null;
        }

        var found = await new CaseEventReader(journal).FindAsync(letter.Stream, letter.Version);
        if (found is null)
            return new ResendOutcome("the journal has no such fact");

        var answer = await SendAsync(subscription, [found], CancellationToken.None);
        if (answer.Error is null)
            await DropAsync(number);

        return new ResendOutcome(answer.Error);
    }

    public async Task<bool> DropAsync(long number)
    {
        var existed = await store.RemoveDeadAsync(Id, number);
        _deadLetters = await store.CountDeadAsync(Id);
        return existed;
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        var stored = await store.FindAsync(Id, cancellation);
        _subscription = stored?.Subscription;
        _cursor = _stored = stored?.Cursor ?? 0;
        _deadLetters = stored is null ? 0 : await store.CountDeadAsync(Id, cancellation);
    }

    /// <summary>
    /// The timer keeps the grain alive, and interleaves, so that a slow receiver holds up nobody who asks how it is
    /// doing; it never meets itself.
    /// </summary>
    private async Task FollowFromNowOnAsync()
    {
        var poll = TimeSpan.FromMilliseconds(_options.PollMs);
        _timer = this.RegisterGrainTimer(
            cancellation => FollowAsync(cancellation),
            new GrainTimerCreationOptions(TimeSpan.Zero, poll) { Interleave = true, KeepAlive = true });
        await this.RegisterOrUpdateReminder(Reminder, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    private async Task ForgetAsync()
    {
        _subscription = null;
        _timer?.Dispose();
        if (await this.GetReminder(Reminder) is { } reminder)
            await this.UnregisterReminder(reminder);

        SubscriptionMeter.Gone(Id);
        DeactivateOnIdle();
    }
}
