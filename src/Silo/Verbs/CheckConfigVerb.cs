using System.Text.Json;
using GridMesh.Contracts.Json;
using GridMesh.Gateway.Plumbing.Hosting;
using GridMesh.Gateway.Plumbing.Keys;

namespace GridMesh.Silo.Verbs;

/// <summary>Prints what would be used, secrets left out.</summary>
internal static class CheckConfigVerb
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        Converters = { new EnumNameJsonConverter() },
    };

    public static Task<int> RunAsync(string[] settings)
    {
        var builder = MeshBuilder.Create(settings);
        var (options, problems) = MeshOptions.Read(builder.Configuration, builder.Environment.IsDevelopment());
        var isValid = MeshBuilder.IsFit(problems);
        Console.WriteLine(JsonSerializer.Serialize(
            new
            {
                Environment = builder.Environment.EnvironmentName,
                Engine = "Orleans",
                Urls = builder.Configuration["urls"],
                options.DataFolder,
                Storage = options.Storage.Kind,
                ConnectionString = string.IsNullOrEmpty(options.Storage.ConnectionString) ? null : "(set)",
                Auth = new
                {
                    SigningKey = options.Auth.SigningKey is null ? null : "(set)",
                    CodeKey = options.Auth.CodeKey is null ? null : "(set)",
                    options.Auth.Authority,
                    options.Auth.Issuer,
                    options.Auth.Audience,
                },
                options.Limits,
                Gateway = options.Doors,
                options.Cluster,
                Open311 = new
                {
                    Keys = KeysOf(options.Open311.Keys),
                    options.Open311.PublicLines,
                    options.Open311.PublicUrl,
                },
                Hotline = new { Keys = KeysOf(options.Hotline.Keys) },
                options.Webhooks,
                options.Live,
                options.Demo,
            },
            s_json));
        return Task.FromResult(isValid ? 0 : 2);
    }

    private static IEnumerable<object> KeysOf(IEnumerable<ApiKeyOptions> keys) =>
        keys.Select(key => new { key.Name, key.Area, key.PerSecond, key.PerDay });
}
