using GridMesh.Contracts.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GridMesh.Gateway.Tests.Incidents;

/// <summary>A journal whose store can be pulled out.</summary>
internal sealed class FlakyJournal(IJournal inner) : IJournal
{
    public bool IsDown { get; set; }

    /// <summary>Stands before the product's own.</summary>
    public static Action<IServiceCollection> Before(Action<FlakyJournal> made) => services =>
    {
        var inner = services.Last(service => service.ServiceType == typeof(IJournal)).ImplementationFactory!;
        services.Replace(ServiceDescriptor.Singleton<IJournal>(provider =>
        {
            var journal = new FlakyJournal((IJournal)inner(provider));
            made(journal);
            return journal;
        }));
    };

    public ValueTask<AppendOutcome> AppendAsync(JournalAppend append, CancellationToken cancellation = default) =>
        IsDown ? throw new StorageUnavailableException("pulled out") : inner.AppendAsync(append, cancellation);

    public ValueTask<IReadOnlyList<JournalRecord>> ReadStreamAsync(
        string stream, long afterVersion = 0, CancellationToken cancellation = default) =>
        inner.ReadStreamAsync(stream, afterVersion, cancellation);

    public ValueTask<bool> HasStreamAsync(string stream, CancellationToken cancellation = default) =>
        inner.HasStreamAsync(stream, cancellation);

    public ValueTask<AppendOutcome?> FindCommandAsync(Guid commandId, CancellationToken cancellation = default) =>
        inner.FindCommandAsync(commandId, cancellation);

    public IAsyncEnumerable<JournalRecord> ReadAllAsync(
        long afterSeq = 0, CancellationToken cancellation = default) =>
        inner.ReadAllAsync(afterSeq, cancellation);

    public ValueTask<IReadOnlyList<string>> VerifyChainAsync(
        IProgress<long>? progress = null, IReadOnlyList<ChainEnd>? noted = null,
        CancellationToken cancellation = default) =>
        inner.VerifyChainAsync(progress, noted, cancellation);

    public ValueTask<IReadOnlyList<ChainEnd>> ReadChainEndsAsync(CancellationToken cancellation = default) =>
        inner.ReadChainEndsAsync(cancellation);
}
