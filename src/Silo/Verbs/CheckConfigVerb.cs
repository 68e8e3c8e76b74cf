using System.Text.Encodings.Web;
using System.Text.Json;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Settings;
using GridMesh.Gateway.Plumbing.Hosting;

namespace GridMesh.Silo.Verbs;

/// <summary>Prints every setting with the value that would be used; of secrets only whether they are set.</summary>
internal static class CheckConfigVerb
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new EnumNameJsonConverter() },
    };

    public static Task<int> RunAsync(string[] settings)
    {
        var builder = MeshBuilder.Create(settings);
        var (options, problems) = MeshOptions.Read(builder.Configuration, builder.Environment.IsDevelopment());
        var isValid = MeshBuilder.IsFit(problems);
        var told = new Dictionary<string, object?>
        {
            ["environment"] = builder.Environment.EnvironmentName,
            ["urls"] = builder.Configuration["urls"],
        };
        foreach (var setting in options.All.SelectMany(section => SettingSection.Of(section).Settings))
        {
            if (setting.Value is not IEnumerable<ISettingEntry>)
            {
                told[setting.Key] = setting.Words.IsSecret && setting.Value is string { Length: > 0 }
                    ? "(set)"
                    : setting.Value;
            }
        }

        Console.WriteLine(JsonSerializer.Serialize(told, s_json));
        return Task.FromResult(isValid ? 0 : 2);
    }
}
