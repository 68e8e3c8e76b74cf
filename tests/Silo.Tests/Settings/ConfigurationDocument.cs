using System.Globalization;
using System.Text;
using GridMesh.Contracts.Settings;
using GridMesh.Tidy.Tests;
using Microsoft.Extensions.Configuration;

namespace GridMesh.Silo.Tests.Settings;

/// <summary>Writes the documents of the configuration from the options classes.</summary>
internal static class ConfigurationDocument
{
    public static IReadOnlyList<ConfigurationWords> Languages { get; } =
        [ConfigurationWords.English, ConfigurationWords.Chinese];

    /// <summary>Units by the ends of names; what is named otherwise is counted, or its sentence says in what.</summary>
    private static readonly (string End, string Unit)[] s_units =
        [("Ms", "ms"), ("Seconds", "s"), ("Minutes", "min"), ("Hours", "h"), ("Days", "d"), ("Mb", "MB")];

    /// <summary>
    /// Every section with its defaults, and one entry in each list of keys, so that its settings are told.
    /// </summary>
    public static IReadOnlyList<SettingSection> Sections { get; } =
    [
        .. MeshOptions.Read(new ConfigurationBuilder().Build(), isDevelopment: false).Options.All
            .Select(options => Activator.CreateInstance(options.GetType())!).Select(WithEntries)
                .Select(SettingSection.Of),
    ];

    public static int WriteAll(TextWriter output)
    {
        foreach (var words in Languages)
        {
            File.WriteAllText(Path.Combine(Repository.Root, words.File), Of(words));
            output.WriteLine($"{words.File} is written.");
        }

        return 0;
    }

    public static string Of(ConfigurationWords words)
    {
        var text = new StringBuilder(words.Head);
        foreach (var section in Sections)
        {
            text.Append(
                CultureInfo.InvariantCulture, $"\n## {section.Name}\n\n{words.Of(section.Words)}\n\n{words.Columns}\n");
            foreach (var setting in section.Settings)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"| `{setting.Key}` | {DefaultOf(setting)} | {RangeOf(setting)} | {words.Of(setting.Words)} |\n");
            }
        }

        return text.ToString();
    }

    private static object WithEntries(object options)
    {
        foreach (var property in options.GetType().GetProperties()
            .Where(property => typeof(IEnumerable<ISettingEntry>).IsAssignableFrom(property.PropertyType)))
        {
            var entry = property.PropertyType.GetGenericArguments()[0];
            var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(entry))!;
            list.Add(Activator.CreateInstance(entry));
            property.SetValue(options, list);
        }

        return options;
    }

    private static string DefaultOf(Setting setting) => setting.Value switch
    {
        null or IEnumerable<ISettingEntry> => "–",
        bool value => value ? "`true`" : "`false`",
        var value => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
    };

    private static string RangeOf(Setting setting)
    {
        var type = Nullable.GetUnderlyingType(setting.Type) ?? setting.Type;
        if (setting.Words.IsBounded)
        {
            var unit = s_units.FirstOrDefault(unit => setting.Key.EndsWith(unit.End, StringComparison.Ordinal)).Unit;
            return $"{Number(setting.Words.Min)}–{Number(setting.Words.Max)}{(unit is null ? "" : $" {unit}")}";
        }

        return type.IsEnum ? string.Join(", ", Enum.GetNames(type).Select(name => $"`{name}`"))
            : type == typeof(bool) ? "`true`, `false`" : "";
    }

    private static string Number(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
