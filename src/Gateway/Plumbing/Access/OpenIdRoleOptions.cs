using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Settings;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>What one value of the role claim means: an entry of <see cref="OpenIdOptions.Roles"/>.</summary>
public sealed class OpenIdRoleOptions : ISettingEntry
{
    [Setting("The value, exactly, such as the name of a group.", "取值，须完全一致，如用户组名。")]
    public string? Value { get; set; }

    [Setting("The role that it means.", "对应的角色。")]
    public string? Role { get; set; }

    [Setting("The area that it means too; not set: the area claim says it.", "一并确定的区域编码；未设则由区域声明确定。")]
    public string? Area { get; set; }

    string? ISettingEntry.Label => Value;

    /// <summary>Every problem of a list at once.</summary>
    internal static IEnumerable<string> Problems(string list, IReadOnlyList<OpenIdRoleOptions> roles)
    {
        if (roles.Count > OpenIdOptions.RolesMax)
            yield return $"{list} has {roles.Count} entries; at most {OpenIdOptions.RolesMax}";

        foreach (var value in roles.GroupBy(role => role.Value).Where(same => same.Count() > 1))
            yield return $"{list} has the Value '{value.Key}' more than once";

        for (var i = 0; i < roles.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(roles[i].Value))
                yield return $"{list}:{i}:Value is not set";

            if (!EnumName.TryParse<Role>(roles[i].Role, out _, ignoreCase: true))
                yield return $"{list}:{i}:Role is one of {EnumName.All<Role>()}";

            if (roles[i].Area is { } area && !AreaCode.TryParse(area, out _, out var fault))
                yield return $"{list}:{i}:Area: {fault}";
        }
    }
}
