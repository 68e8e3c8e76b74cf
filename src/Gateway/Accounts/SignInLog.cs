namespace GridMesh.Gateway.Accounts;

/// <summary>Sign-ins as events. What fails has a bound of lines a minute: nobody outside makes the log grow.</summary>
internal sealed partial class SignInLog(TimeProvider time, ILogger<SignInLog> log)
{
    public const int RefusedMax = 100;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long _since = time.GetTimestamp();
    private int _refused;

    [LoggerMessage(4010, LogLevel.Information, "{Account} signed in from {Address}, session {Session}")]
    public partial void SignedIn(string account, string address, string session);

    [LoggerMessage(4012, LogLevel.Information, "{Account} signed out, session {Session}")]
    public partial void SignedOut(string account, string session);

    [LoggerMessage(4013, LogLevel.Information, "{Account} changed the password from {Address}")]
    public partial void PasswordChanged(string account, string address);

    [LoggerMessage(
        4014, LogLevel.Warning,
        "A cookie of {Account} that was renewed before came again from {Address}: session {Session} is ended")]
    public partial void CameTwice(string account, string address, string session);

    [LoggerMessage(4016, LogLevel.Information, "Session {Session} of {Account} is ended: {Why}")]
    public partial void Ended(string account, string session, string why);

    public void Refused(string account, string address, string why)
    {
        var (others, isTold) = (0, false);
        lock (_gate)
        {
            if (time.GetElapsedTime(_since) >= s_window)
            {
                others = Math.Max(0, _refused - RefusedMax);
                (_since, _refused) = (time.GetTimestamp(), 0);
            }

            isTold = ++_refused <= RefusedMax;
        }

        if (others > 0)
            TellOthers(others);

        if (isTold)
            TellRefused(account, address, why);
    }

    [LoggerMessage(4011, LogLevel.Warning, "Sign-in of {Account} from {Address} refused: {Why}")]
    private partial void TellRefused(string account, string address, string why);

    [LoggerMessage(4015, LogLevel.Warning, "{Count} more sign-ins refused in a minute")]
    private partial void TellOthers(int count);
}
