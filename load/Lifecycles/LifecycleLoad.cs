namespace GridMesh.Load.Lifecycles;

internal record CrewOptions : RunOptions
{
    [Asked("People who report and handle, over the grids of the district. 参与人数。", 1, 5_000)]
    public int Crew { get; init; } = 400;
}

/// <summary>A product with nobody in it but the scenario, and a crew signed in.</summary>
internal sealed class LifecycleLoad : IAsyncDisposable
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);
    private readonly LoadContext _context;

    private LifecycleLoad(Product product, Crew crew, MeshClient client, LoadContext context) =>
        (Product, Crew, Client, _context) = (product, crew, client, context);

    public Product Product { get; }
    public Crew Crew { get; }
    public MeshClient Client { get; }

    public static async Task<LifecycleLoad> StartAsync(
        CrewOptions options, LoadContext context, CancellationToken cancellation)
    {
        var product = await Product.StartAsync(options, Product.Quiet, context, cancellation);
        var client = new MeshClient(product.Url);
        try
        {
            return new LifecycleLoad(
                product, await Crew.SignInAsync(client, options.Area, options.Crew), client, context);
        }
        catch
        {
            client.Dispose();
            await product.DisposeAsync();
            throw;
        }
    }

    /// <param name="isIn">Which grids it works in.</param>
    public Lifecycle Lifecycle(Func<string, bool>? isIn = null, Action<TimeSpan>? onAnswer = null)
    {
        var members = Crew.Members.Where(member => isIn is null || isIn(member.Grid)).ToArray();
        return members.Length > 0
            ? new Lifecycle(Client, Crew with { Members = members }, _context.Time, onAnswer)
            : throw new InvalidOperationException(
                "nobody of the crew is where the load should be; ask for a larger --crew");
    }

    /// <summary>A product that has just started compiles its code; a district that lives has long done so.</summary>
    /// <param name="rate">Lifecycles a second for some seconds, not measured.</param>
    public Task WarmUpAsync(int rate, CancellationToken cancellation) => new LoadTest(Product, _context).RunAsync(
        [Scenario.Create("warm-up", Lifecycle().RunAsync).WithoutWarmUp()
            .WithLoadSimulations(Simulation.Inject(rate, s_warmUp))],
        cancellation);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Product.DisposeAsync();
    }
}
