using System.Net;
using GridMesh.Contracts.Storage;
using GridMesh.Product.Fixture;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GridMesh.Gateway.Tests.Incidents;

public sealed class StoreFaultTests
{
    [Fact(DisplayName = "[DU3] while the store is down commands answer 503 with a problem, and succeed with the same key afterwards")]
    public async Task Down()
    {
        FlakyJournal? journal = null;
        await using var app = await MeshApp.StartAsync(services: services =>
        {
            var inner = services.Last(service => service.ServiceType == typeof(IJournal)).ImplementationFactory!;
            services.Replace(ServiceDescriptor.Singleton<IJournal>(provider =>
                journal = new FlakyJournal((IJournal)inner(provider))));
        });
        var dispatcher = await app.SignInAsync("dispatcher");
        var incident = await dispatcher.ReportAsync();
        journal!.IsDown = true;
        var refused = await dispatcher.CommandAsync(incident, "dispatch", new { owner = "D-urban" }, "d");
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await refused.CodeAsync()).ShouldBe("StorageIsUnavailable");
        var report = await dispatcher.SendAsync(
            "incidents", new { category = "litter", description = "x", grid = SmallDistrict.Grid }, "r");
        report.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await dispatcher.GetJsonAsync($"incidents/{incident.Id()}")).Text("step").ShouldBe("Reported");

        journal.IsDown = false;
        (await dispatcher.DoAsync(incident, "dispatch", new { owner = "D-urban" }, "d")).Text("step")
            .ShouldBe("Dispatched");
        (await dispatcher.ReportAsync(key: "r")).Text("step").ShouldBe("Reported");
    }

    private sealed class FlakyJournal(IJournal inner) : IJournal
    {
        public bool IsDown { get; set; }

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
}
