using System.Buffers.Binary;
using System.Security.Cryptography;
using Threadwell.Geometry;

namespace Threadwell.Storage.Keeping;

/// <summary>
/// How the content of an archive is sealed: in segments of up to 1 MiB by AES-256-GCM, numbered by their nonce, the last one marked. A segment that was changed, left out, moved or cut off
/// is found. Before each lies its length (4 bytes; the highest bit marks the last), which is authenticated with it; after it the tag (16 bytes).
/// </summary>
internal static class ArchiveSegments
{
    public const int Longest = 1 << 20;
    public const int TagLength = 16;
    public const uint LastMark = 1u << 31;

    // The key is an archive's own, so that a number serves as its nonce.
    public static byte[] Nonce(long number)
    {
        byte[] nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(4), number);
        return nonce;
    }
}

/// <summary>Seals what is written to it. Without <see cref="Complete"/> the archive has no end and is refused.</summary>
/// <param name="target">Receives the segments; stays open.</param>
/// <param name="key">The archive's key.</param>
internal sealed class SealingStream(Stream target, byte[] key) : WriteOnlyStream
{
    private readonly AesGcm cipher = new(key, ArchiveSegments.TagLength);
    private readonly byte[] segment = new byte[ArchiveSegments.Longest];
    private readonly byte[] sealedSegment = new byte[ArchiveSegments.Longest];
    private int filled;
    private long number;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (filled == segment.Length)
            {
                Send(last: false);
            }

            int taken = Math.Min(buffer.Length, segment.Length - filled);
            buffer[..taken].CopyTo(segment.AsSpan(filled));
            filled += taken;
            buffer = buffer[taken..];
        }
    }

    /// <summary>Writes the last segment.</summary>
    public void Complete() => Send(last: true);

    protected override void Dispose(bool disposing)
    {
        cipher.Dispose();
        CryptographicOperations.ZeroMemory(segment);
        base.Dispose(disposing);
    }

    private void Send(bool last)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)filled | (last ? ArchiveSegments.LastMark : 0));
        Span<byte> tag = stackalloc byte[ArchiveSegments.TagLength];
        cipher.Encrypt(ArchiveSegments.Nonce(number++), segment.AsSpan(0, filled), sealedSegment.AsSpan(0, filled), tag, length);
        target.Write(length);
        target.Write(sealedSegment.AsSpan(0, filled));
        target.Write(tag);
        filled = 0;
    }
}

/// <summary>Opens what <see cref="SealingStream"/> sealed.</summary>
/// <param name="source">The segments; stays open.</param>
/// <param name="key">The archive's key.</param>
/// <param name="archive">Name of the archive, for errors.</param>
internal sealed class OpeningStream(Stream source, byte[] key, string archive) : ReadOnlyStream
{
    private readonly AesGcm cipher = new(key, ArchiveSegments.TagLength);
    private readonly byte[] segment = new byte[ArchiveSegments.Longest];
    private readonly byte[] sealedSegment = new byte[ArchiveSegments.Longest + ArchiveSegments.TagLength];
    private int position;
    private int filled;
    private long number;
    private bool ended;

    public override int Read(Span<byte> buffer)
    {
        while (position == filled && !ended)
        {
            Fetch();
        }

        int taken = Math.Min(buffer.Length, filled - position);
        segment.AsSpan(position, taken).CopyTo(buffer);
        position += taken;
        return taken;
    }

    /// <summary>Reads what is left, so that the whole archive has been checked.</summary>
    /// <exception cref="InvalidInputException">The archive is damaged, or something follows its end.</exception>
    public void ReadToEnd()
    {
        byte[] rest = new byte[1 << 16];
        while (Read(rest) > 0)
        {
            // Only its authenticity matters.
        }

        if (source.ReadByte() >= 0)
        {
            throw Damaged();
        }
    }

    protected override void Dispose(bool disposing)
    {
        cipher.Dispose();
        CryptographicOperations.ZeroMemory(segment);
        base.Dispose(disposing);
    }

    private void Fetch()
    {
        Span<byte> prefix = stackalloc byte[4];
        ReadExactly(prefix);
        uint word = BinaryPrimitives.ReadUInt32BigEndian(prefix);
        int length = (int)(word & ~ArchiveSegments.LastMark);
        if (length > ArchiveSegments.Longest)
        {
            throw Damaged();
        }

        Span<byte> whole = sealedSegment.AsSpan(0, length + ArchiveSegments.TagLength);
        ReadExactly(whole);
        try
        {
            cipher.Decrypt(ArchiveSegments.Nonce(number), whole[..length], whole[length..], segment.AsSpan(0, length), prefix);
        }
        catch (AuthenticationTagMismatchException error)
        {
            throw Damaged(error);
        }

        (position, filled, ended) = (0, length, (word & ArchiveSegments.LastMark) != 0);
        number++;
    }

    private new void ReadExactly(Span<byte> buffer)
    {
        if (source.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
        {
            throw Damaged();
        }
    }

    private InvalidInputException Damaged(Exception? inner = null) =>
        new(archive, FormattableString.Invariant($"segment {number + 1}"), "the backup is damaged or cut off here; take another copy of it.", inner);
}

/// <summary>A stream that is only written, in order.</summary>
internal abstract class WriteOnlyStream : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override void Write(ReadOnlySpan<byte> buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Segments go out when they are full.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>A stream that is only read, in order.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override int Read(Span<byte> buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
