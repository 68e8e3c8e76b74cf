using System.Globalization;
using System.Reflection;

namespace GridMesh.Contracts.Settings;

/// <summary>Holds options to the bounds that their settings name.</summary>
public static class SettingBounds
{
    /// <summary>Every number that is out of its bounds; empty when all is well.</summary>
    public static IEnumerable<string> Problems(string section, object options)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var property in options.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<SettingAttribute>() is { IsBounded: true } setting)
            {
                var value = Convert.ToDouble(property.GetValue(options), CultureInfo.InvariantCulture);
                if (!(value >= setting.Min && value <= setting.Max))
                    yield return $"{section}:{property.Name} is {value}; it has to be {setting.Min}-{setting.Max}";
            }
        }
    }
}
