using System.Reflection;
using GridMesh.Contracts.Settings;

namespace GridMesh.Silo;

/// <summary>A setting: its whole key, what describes it, and the value that it has in the options.</summary>
internal sealed record Setting(string Key, SettingAttribute Words, Type Type, object? Value);

/// <summary>
/// The settings of one section, read from its options class, which is the only place where they are listed.
/// </summary>
internal sealed record SettingSection(string Name, SettingAttribute Words, IReadOnlyList<Setting> Settings)
{
    private const string SectionField = "Section";

    /// <exception cref="InvalidOperationException">A setting has no description.</exception>
    public static SettingSection Of(object options)
    {
        var type = options.GetType();
        var name = (string)type.GetField(SectionField)!.GetRawConstantValue()!;
        return new SettingSection(name, WordsOf(type, type.Name), [.. SettingsOf(name, options)]);
    }

    private static IEnumerable<Setting> SettingsOf(string section, object options)
    {
        var type = options.GetType();
        foreach (var property in type.GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
        {
            var words = WordsOf(property, $"{type.Name}.{property.Name}");
            var setting = new Setting(
                words.Key ?? $"{section}:{property.Name}", words, property.PropertyType, property.GetValue(options));
            yield return setting;
            var entries = setting.Value as IEnumerable<ISettingEntry> ?? [];
            foreach (var inner in entries.SelectMany((entry, i) => SettingsOf($"{setting.Key}:{i}", entry)))
                yield return inner;
        }
    }

    private static SettingAttribute WordsOf(MemberInfo member, string name) =>
        member.GetCustomAttribute<SettingAttribute>()
        ?? throw new InvalidOperationException($"{name} is a setting without a description: give it a [Setting]");
}
