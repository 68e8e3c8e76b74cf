using System.Collections.Concurrent;
using System.Diagnostics;
using GridMesh.Product.Fixture;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace GridMesh.Silo.Tests.Hosting;

public sealed class WakeTests
{
    [Fact(DisplayName = "[OR13] an area or grid that wakes calls others outside the lock of its activation: none can hold another up")]
    public async Task Unlocked()
    {
        var calls = new Calls();
        await using var app = await MeshApp.StartAsync(
            services: services => services.AddSingleton<IOutgoingGrainCallFilter>(calls));

        calls.Callers.ShouldBe(["area", "grid"], ignoreOrder: true);
        calls.Locked.ShouldBeEmpty();
    }

    /// <summary>Which kinds of grains called others, and which of them while Orleans was still starting them.</summary>
    private sealed class Calls : IOutgoingGrainCallFilter
    {
        private readonly ConcurrentDictionary<string, bool> _locked = [];

        public IEnumerable<string> Callers => _locked.Keys;

        public IEnumerable<string> Locked => _locked.Where(entry => entry.Value).Select(entry => entry.Key);

        public Task Invoke(IOutgoingGrainCallContext context)
        {
            if (context.SourceContext is { GrainInstance: Grain } source)
            {
                var isLocked = IsStarting();
                _locked.AddOrUpdate(source.GrainId.Type.ToString()!, isLocked, (_, was) => was || isLocked);
            }

            return context.Invoke();
        }

        /// <summary>Orleans holds the lock, which nobody else can ask for, as long as this method runs.</summary>
        private static bool IsStarting() => new StackTrace().GetFrames().Any(
            frame => frame.GetMethod() is { Name: "Start", DeclaringType.Name: "ActivationData" });
    }
}
