using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Grids;

/// <summary>
/// Issues the case numbers of one grid. The same command, or the same alarm while its case is open, gets the same one.
/// </summary>
public sealed class NumberIssuer(AreaCode grid)
{
    /// <summary>Commands remembered; an older one is caught by the journal's unique command id.</summary>
    public const int CommandsMax = 4_096;

    private readonly Dictionary<Guid, CaseNumber> _commands = [];
    private readonly Queue<Guid> _order = [];
    private readonly Dictionary<string, CaseNumber> _alarms = [];
    private DateOnly _day;
    private int _serial;

    /// <summary>Continues after the highest serial known of a day.</summary>
    public void Continue(DateOnly day, int serial)
    {
        if (day != _day)
            (_day, _serial) = (day, 0);

        _serial = Math.Max(_serial, serial);
    }

    /// <summary>Null when the day's numbers are used up.</summary>
    public CaseNumber? Issue(Guid commandId, string? alarmKey, DateOnly today)
    {
        if (_commands.TryGetValue(commandId, out var issued)
            || (alarmKey is not null && _alarms.TryGetValue(alarmKey, out issued)))
        {
            return issued;
        }

        Continue(today, 0);
        if (_serial == CaseNumber.SerialMax)
            return null;

        var number = CaseNumber.Create(grid, today, ++_serial);
        Remember(commandId, number);
        if (alarmKey is not null)
            _alarms[alarmKey] = number;

        return number;
    }

    /// <summary>
    /// The number that the command was given is another case's: it gets another when it asks again.
    /// </summary>
    public void Forget(Guid commandId, string? alarmKey, CaseNumber taken)
    {
        if (_commands.TryGetValue(commandId, out var number) && number == taken)
            _commands.Remove(commandId);

        if (alarmKey is not null && _alarms.TryGetValue(alarmKey, out number) && number == taken)
            _alarms.Remove(alarmKey);
    }

    /// <summary>
    /// Keeps the alarms in step with their cases: an open case holds its key, a closed one lets it go.
    /// </summary>
    public void Follow(CaseRow row)
    {
        if (row.AlarmKey is null)
            return;

        if (row.Step.IsOpen())
            _alarms[row.AlarmKey] = row.Number;
        else if (_alarms.TryGetValue(row.AlarmKey, out var number) && number == row.Number)
            _alarms.Remove(row.AlarmKey);
    }

    private void Remember(Guid commandId, CaseNumber number)
    {
        _commands[commandId] = number;
        _order.Enqueue(commandId);
        if (_order.Count > CommandsMax)
            _commands.Remove(_order.Dequeue());
    }
}
