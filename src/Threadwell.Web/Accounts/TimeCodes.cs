using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Threadwell.Web.Accounts;

/// <summary>Time-based codes of an authenticator app (RFC 6238 with HMAC-SHA-1, 30 seconds, six digits: what every app knows).</summary>
internal static class TimeCodes
{
    private const long StepSeconds = 30;
    private const int Digits = 6;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    // A clock may be this many steps off, and so much time may pass while one types.
    private const long Tolerance = 1;

    /// <summary>The step of a code that is right now, and was not used before.</summary>
    /// <param name="key">Key of the app, base 32.</param>
    /// <param name="code">What was typed; spaces do not count.</param>
    /// <param name="now">Now.</param>
    /// <param name="lastStep">Step of the code that was used last; null for none.</param>
    /// <returns>The step; null where the code is wrong, or was used.</returns>
    public static long? Check(string key, string? code, Instant now, long? lastStep)
    {
        byte[] typed = Encoding.ASCII.GetBytes(string.Concat((code ?? "").Where(character => !char.IsWhiteSpace(character))));
        long current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (long step = current - Tolerance; step <= current + Tolerance; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(typed, Encoding.ASCII.GetBytes(At(key, step))) && !(step <= lastStep))
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>The code of a step.</summary>
    /// <param name="key">Key of the app, base 32.</param>
    /// <param name="step">Number of the step of 30 seconds since 1970.</param>
    public static string At(string key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238's default, and the only one that all apps read; HMAC does not rest on collisions.
        HMACSHA1.HashData(Decode(key), counter, hash);
#pragma warning restore CA5350
        int truncated = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & int.MaxValue;
        return (truncated % (int)Math.Pow(10, Digits)).ToString($"D{Digits}", CultureInfo.InvariantCulture);
    }

    /// <summary>The address that an app reads from a QR code.</summary>
    /// <param name="key">Key of the app, base 32.</param>
    /// <param name="account">Name of the account.</param>
    public static string Address(string key, string account) => $"otpauth://totp/Threadwell:{Uri.EscapeDataString(account)}?secret={key}&issuer=Threadwell&digits={Digits}&period={StepSeconds}";

    private static byte[] Decode(string key)
    {
        var bytes = new List<byte>();
        int bits = 0;
        int value = 0;
        foreach (char letter in key.TrimEnd('=').ToUpperInvariant())
        {
            value = (value << 5) | Base32.IndexOf(letter, StringComparison.Ordinal);
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(value >> bits));
                value &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }
}
