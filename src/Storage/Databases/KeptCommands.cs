using System.Data.Common;

namespace GridMesh.Storage.Databases;

/// <summary>
/// Commands of one connection that stay compiled. The same few statements are asked over and over, and SQLite takes
/// longer to compile one than to run it. They end with their connection.
/// </summary>
internal sealed class KeptCommands(DbConnection connection)
{
    /// <summary>Most that are kept: some hundred bytes to some kilobytes each. What comes later is not.</summary>
    public const int Most = 64;

    private readonly Dictionary<string, DbCommand> _commands = [];

    public int Count => _commands.Count;

    /// <summary>The command with these values; null when it has to be made for this once.</summary>
    /// <param name="parameters">The same names in the same order at each call with this text.</param>
    public DbCommand? Take(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            if (_commands.Count >= Most)
                return null;
            command = connection.Command(sql, parameters);
            _commands.Add(sql, command);
            return command;
        }

        if (command.Parameters.Count != parameters.Length)
            throw new InvalidOperationException($"Not the parameters that this statement has had: {sql}");
        for (var i = 0; i < parameters.Length; i++)
        {
            var (name, value) = parameters[i];
            var parameter = command.Parameters[i];
            if (parameter.ParameterName != name)
                throw new InvalidOperationException($"@{name} is not parameter {i} of the statement: {sql}");
            parameter.Value = value ?? DBNull.Value;
        }

        return command;
    }
}
