using System.Security.Cryptography;
using System.Text;

namespace Threadwell.Storage.Sealing;

/// <summary>
/// Seals texts and files of the record: AES-256-GCM (NIST SP 800-38D) under a key that the database does not hold. What is sealed is bound to its
/// place, so that it opens nowhere else. New content takes the current key; what older keys sealed stays readable, by the key that its header names.
/// Safe for any number of threads.
/// </summary>
public sealed class RecordCipher
{
    /// <summary>Length of a key, bytes.</summary>
    public const int KeyLength = 32;

    private const string TextHeader = "sealed:";
    private const byte Form = 1;
    private const int IdLength = 8;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + IdLength + NonceLength + TagLength;

    private readonly Dictionary<ulong, byte[]> keys = [];
    private readonly ulong current;

    /// <summary>Takes the keys.</summary>
    /// <param name="keys">Keys of 32 bytes, oldest first; the last seals.</param>
    /// <exception cref="ArgumentException">There is no key, or one has another length.</exception>
    public RecordCipher(IReadOnlyList<byte[]> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count == 0 || keys.Any(key => key.Length != KeyLength))
        {
            throw new ArgumentException($"Keys of {KeyLength} bytes are needed.", nameof(keys));
        }

        foreach (byte[] key in keys)
        {
            this.keys[current = IdOf(key)] = key;
        }

        Mark = Convert.ToHexString(SHA256.HashData([.. keys.SelectMany(key => key)]));
    }

    /// <summary>Tells ciphers apart: two of one mark have the same keys in the same order, so each opens what the other seals.</summary>
    internal string Mark { get; }

    /// <summary>A cipher with a new key that nobody keeps: for a context that reads and writes nothing that lasts.</summary>
    public static RecordCipher Passing() => new([RandomNumberGenerator.GetBytes(KeyLength)]);

    /// <summary>Whether a text of the database is sealed.</summary>
    public static bool IsSealed(string stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored.StartsWith(TextHeader, StringComparison.Ordinal);
    }

    /// <summary>Seals a text. An empty one stays empty: that something was not noted is no secret.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">Where it is kept ("patients.Phone"); it opens there alone.</param>
    public string SealText(string text, string place)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 ? "" : TextHeader + Convert.ToBase64String(Seal(Encoding.UTF8.GetBytes(text), place));
    }

    /// <summary>Opens a sealed text.</summary>
    /// <exception cref="SealedDataException">It is not sealed, was changed, belongs elsewhere, or its key is missing.</exception>
    public string OpenText(string stored, string place)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (stored.Length == 0)
        {
            return "";
        }

        byte[] bytes = new byte[stored.Length];
        return IsSealed(stored) && Convert.TryFromBase64Chars(stored.AsSpan(TextHeader.Length), bytes, out int length)
            ? Encoding.UTF8.GetString(Open(bytes.AsSpan(0, length), place))
            : throw new SealedDataException(place, "it is not sealed, though it should be");
    }

    /// <summary>Seals bytes.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="place">Where they are kept; they open there alone.</param>
    public byte[] Seal(ReadOnlySpan<byte> content, string place)
    {
        byte[] whole = new byte[Overhead + content.Length];
        whole[0] = Form;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(whole.AsSpan(1), current);
        Span<byte> nonce = whole.AsSpan(1 + IdLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(keys[current], TagLength);
        cipher.Encrypt(nonce, content, whole.AsSpan(1 + IdLength + NonceLength, content.Length), whole.AsSpan(whole.Length - TagLength), Encoding.UTF8.GetBytes(place));
        return whole;
    }

    /// <summary>Opens sealed bytes.</summary>
    /// <exception cref="SealedDataException">They are not sealed, were changed, belong elsewhere, or their key is missing.</exception>
    public byte[] Open(ReadOnlySpan<byte> whole, string place)
    {
        if (whole.Length < Overhead || whole[0] != Form)
        {
            throw new SealedDataException(place, "it is damaged");
        }

        ulong id = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(whole[1..]);
        if (!keys.TryGetValue(id, out byte[]? key))
        {
            throw new SealedDataException(place, $"its key {id:x16} is not among the keys of this data folder") { KeyIsMissing = true };
        }

        byte[] content = new byte[whole.Length - Overhead];
        using var cipher = new AesGcm(key, TagLength);
        try
        {
            cipher.Decrypt(whole.Slice(1 + IdLength, NonceLength), whole.Slice(1 + IdLength + NonceLength, content.Length), whole[^TagLength..], content, Encoding.UTF8.GetBytes(place));
        }
        catch (AuthenticationTagMismatchException error)
        {
            throw new SealedDataException(place, "it was changed since it was sealed, or belongs elsewhere", error);
        }

        return content;
    }

    // A key is known by the beginning of its hash, which tells nothing of the key.
    private static ulong IdOf(byte[] key) => System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(key));
}
