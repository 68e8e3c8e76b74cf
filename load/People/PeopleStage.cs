using GridMesh.Load.Measuring;
using GridMesh.Load.Products;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;
using GridMesh.Load.Seeding;

namespace GridMesh.Load.People;

/// <summary>Districts on a silo of their own, everybody signed in and on duty, and everybody who watches.</summary>
internal sealed class PeopleStage : IAsyncDisposable
{
    private const int CardsMax = 200_000;

    private readonly RunDatabase? _database;

    private PeopleStage(RunDatabase? database, PeopleProduct product, PeopleLoad load, Onlookers onlookers) =>
        (_database, Product, Load, Onlookers) = (database, product, load, onlookers);

    public PeopleProduct Product { get; }

    public PeopleLoad Load { get; }

    public Onlookers Onlookers { get; }

    /// <param name="count">Districts of a million people each.</param>
    /// <param name="phones">Phones that watch their grid, for each district.</param>
    /// <exception cref="InvalidOperationException">It cannot be set up; the message says why.</exception>
    public static async Task<PeopleStage> SetUpAsync(
        int count, int phones, RunOptions options, ScenarioContext context, CancellationToken cancellation)
    {
        context.Say($"making {count} districts");
        var data = City.Build(count, options.Seed);
        var districts = PeopleDistrict.Of(data);
        var parts = new Stack<IAsyncDisposable>();
        try
        {
            RunDatabase? database = null;
            if (options.Connection is { } server)
            {
                parts.Push(database = await RunDatabase.CreateAsync(server, $"people{count}"));
            }

            var product = await PeopleProduct.StartAsync(
                data, districts, options, database?.Connection, context, cancellation);
            parts.Push(product);
            context.Say($"imported in {product.Import.TotalSeconds:F1} s, right {product.Start.TotalSeconds:F2} s after its start, {product.IdleMb:F0} MB");
            var cards = new Appearances(CardsMax, context.Time);
            var load = await PeopleLoad.GatherAsync(
                product.Run.Url, districts, cards, options.Seed, context.Time, context.Say, cancellation);
            parts.Push(load);
            var onlookers = await Onlookers.ComeAsync(
                product.Run.Url, districts, phones, load.Lanes, cards, context.Time, cancellation);
            context.Say($"{load.Workers} workers on duty, {onlookers.Count} walls and phones; measuring {options.Duration.TotalSeconds} s");
            return new PeopleStage(database, product, load, onlookers);
        }
        catch
        {
            while (parts.TryPop(out var part))
            {
                await part.DisposeAsync();
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Onlookers.DisposeAsync();
        await Load.DisposeAsync();
        await Product.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}
