using System.Globalization;

namespace GridMesh.Bench.Storage;

/// <param name="Db">sqlite or postgres.</param>
/// <param name="Connection">Connection string of an empty PostgreSQL database; null starts a server of our own.</param>
/// <param name="Seconds">Length of each measurement.</param>
/// <param name="Streams">Grains that append at the same time, one fact each.</param>
internal sealed record StorageBenchOptions(string Db, string? Connection, int Seconds, int Streams)
{
    public const string Usage =
        "storage --db sqlite|postgres [--connection <string>] [--seconds 5] [--streams 256]";

    public static StorageBenchOptions? Parse(string[] args)
    {
        var options = new StorageBenchOptions("sqlite", null, 5, 256);
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            var value = args[i + 1];
            switch (args[i])
            {
                case "--db" when value is "sqlite" or "postgres":
                    options = options with { Db = value };
                    break;
                case "--connection":
                    options = options with { Connection = value };
                    break;
                case "--seconds":
                    options = options with { Seconds = int.Parse(value, CultureInfo.InvariantCulture) };
                    break;
                case "--streams":
                    options = options with { Streams = int.Parse(value, CultureInfo.InvariantCulture) };
                    break;
                default:
                    return null;
            }
        }

        return args.Length % 2 == 0 ? options : null;
    }
}
