using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace GridMesh.Simulator;

/// <summary>What runs, and in which order.</summary>
/// <param name="Grains">Whose grains run.</param>
/// <param name="Services">What the grains are given; asked anew by every silo that starts.</param>
/// <param name="StreamProvider">Name of the streams.</param>
/// <param name="Seed">Decides which of those who are ready goes first.</param>
public sealed record SimulationSettings(
    Assembly Grains, Action<IServiceCollection> Services, string StreamProvider, int Seed = 0)
{
    /// <summary>How long a grain is kept that nobody uses.</summary>
    public TimeSpan CollectionAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long a question waits for its answer.</summary>
    public TimeSpan AnswerMax { get; init; } = TimeSpan.FromSeconds(30);
}
