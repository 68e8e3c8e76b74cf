using GridMesh.Contracts.Letters;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Subscriptions;
using GridMesh.Grains.Live;
using Microsoft.Extensions.Logging;

namespace GridMesh.Grains.Subscriptions;

/// <content>The way from the journal to the receiver: a page at a time, a message at a time, in order.</content>
internal sealed partial class SubscriptionGrain
{
    /// <summary>Facts of one page: what is sent again at most after a crash.</summary>
    private const int PageMax = 100;

    /// <summary>Facts passed over before the cursor is written, where none of them was for this subscription.</summary>
    private const int PassedMax = 5_000;

    /// <summary>Up to where everything is told; <see cref="_stored"/> is what of it is on disk.</summary>
    private long _cursor;
    private long _stored;
    private DateTimeOffset? _waitingSince;

    private double LagSeconds =>
        _waitingSince is { } since ? Math.Max(0, (time.GetUtcNow() - since).TotalSeconds) : 0;

    private async Task FollowAsync(CancellationToken cancellation)
    {
        try
        {
            var isMore = true;
            while (isMore && _subscription is { } subscription && _deadLetters < DeadLetter.CountMax
                && _delivery.IsDue(time.GetUtcNow()))
            {
                isMore = await TellPageAsync(subscription, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The grain goes; the next activation sends again what was on its way.
        }
        catch (Exception e)
        {
            // Whatever went wrong, the store above all: nothing is lost, the next tick tries again from the cursor.
            log.LogWarning(
                Faults.Unexpected(e), "Subscription {Id} has to wait: {Reason}", Id, e.Message);
        }

        if (_subscription is not null)
            SubscriptionMeter.Lag(Id, LagSeconds);
    }

    /// <summary>True when there may be more.</summary>
    private async Task<bool> TellPageAsync(Subscription subscription, CancellationToken cancellation)
    {
        var page = await facts.ReadAfterAsync(_cursor, subscription.Area, PageMax, cancellation);
        var reader = new CaseEventReader(journal);
        var events = new List<CaseEvent>();
        foreach (var record in page.Facts.Where(record => IncidentEvents.NameOf(record.Type) is not null))
        {
            var found = await reader.ReadAsync(record);
            if (found.IsFor(subscription))
                events.Add(found);
        }

        foreach (var message in events.Chunk(subscription.Batch))
        {
            _waitingSince = message[0].Fact.At;
            if (!await TellAsync(subscription, message, cancellation))
                return false;
        }

        _waitingSince = null;
        var isMore = page.Until > _cursor;
        _cursor = Math.Max(_cursor, page.Until);
        if (events.Count > 0 || _cursor - _stored >= PassedMax)
            await KeepAsync([], cancellation);

        return isMore;
    }

    /// <summary>False when it has to be tried again later, or the subscription is gone.</summary>
    private async Task<bool> TellAsync(Subscription subscription, CaseEvent[] message, CancellationToken cancellation)
    {
        var answer = await SendAsync(subscription, message, cancellation);
        if (_subscription is null)
            return false;

        if (answer.IsGone)
        {
            log.LogWarning(
                "Subscription {Id} of {CreatedBy} ends: {Url} is gone", Id, subscription.CreatedBy, subscription.Url);
            await DeleteAsync();
            return false;
        }

        if (answer.Error is not { } error)
        {
            _delivery.Succeeded(message.Length, time.GetUtcNow());
            _cursor = message[^1].Seq;
            return true;
        }

        _delivery.Failed(error, time.GetUtcNow(), answer.RetryAfter);
        if (_delivery.IsExhausted)
            return await BuryAsync(message, error, cancellation);

        // What was told of this page before need not be sent again.
        await KeepAsync([], cancellation);
        return false;
    }

    private async Task<bool> BuryAsync(CaseEvent[] message, string error, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        _cursor = message[^1].Seq;
        if (!await KeepAsync(
            [.. message.Select(one => new DeadLetter(
                0, one.Case.Number.Value, one.Case.Version, one.Event, now, _delivery.Attempts,
                WholeText.Cut(error, DeadLetter.ErrorMax)))],
            cancellation))
        {
            return false;
        }

        SubscriptionMeter.Dead.Add(message.Length);
        _deadLetters += message.Length;
        _delivery.Forget();
        log.LogWarning("Subscription {Id} gave up on {Count} events: {Error}", Id, message.Length, error);
        return _deadLetters < DeadLetter.CountMax;
    }

    private async Task<WebhookAnswer> SendAsync(
        Subscription subscription, IReadOnlyList<CaseEvent> events, CancellationToken cancellation)
    {
        var (body, contentType) = CaseEvent.Encode(events, subscription.Batch > 1, rules.View);
        var answer = await client.SendAsync(
            new WebhookMessage(subscription.Url, contentType, body,
            [
                (WebhookSignature.Header, WebhookSignature.Of(subscription.Secret, time.GetUtcNow(), body.Span)),
                ("GridMesh-Subscription", subscription.Id),
            ]),
            cancellation);
        if (answer.Error is null)
            SubscriptionMeter.Delivered.Add(events.Count);
        else
            SubscriptionMeter.Failed.Add(1);

        return answer;
    }

    /// <summary>
    /// Writes the cursor over the one that was read. False: another activation is ahead, and this one goes on from
    /// where that one is, or ends.
    /// </summary>
    private async Task<bool> KeepAsync(IReadOnlyList<DeadLetter> dead, CancellationToken cancellation)
    {
        if (_cursor == _stored && dead.Count == 0)
            return true;

        try
        {
            if (await store.AdvanceAsync(Id, _stored, _cursor, dead, cancellation))
            {
                _stored = _cursor;
                return true;
            }
        }
        catch (StorageUnavailableException)
        {
            // It may have been written all the same; what is on disk says from where to go on.
            await LoadAsync(cancellation);
            throw;
        }

        await LoadAsync(cancellation);
        DeactivateOnIdle();
        return false;
    }
}
