using Microsoft.EntityFrameworkCore;
using Threadwell.Geometry;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Keeping;

/// <summary>Refuses keys that are not those of a database before anything is sealed with them.</summary>
public static class KeyCheck
{
    // A few rows tell whose keys they are; a check of all is the command's.
    private const int Rows = 50;

    /// <summary>Tries the keys on some rows.</summary>
    /// <param name="context">The database, up to date.</param>
    /// <param name="data">The folder whose keys they are.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidInputException">A text was sealed with a key that is not there.</exception>
    public static async Task RunAsync(ThreadwellContext context, DataFolder data, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(data);
        foreach (IGrouping<string, RecordRows.TextColumn> table in RecordRows.Columns(context.Model))
        {
            RecordRows.TextColumn[] columns = [.. table.Where(column => column.IsSealed)];
            if (columns.Length > 0)
            {
                await RecordRows.ReadAsync(context, columns, (column, text) => Try(context.Cipher, column, text, data), Rows, cancellation);
            }
        }

        await context.Database.CloseConnectionAsync();
    }

    private static void Try(RecordCipher cipher, RecordRows.TextColumn column, string text, DataFolder data)
    {
        try
        {
            cipher.OpenText(text, column.Place.Place);
        }
        catch (SealedDataException error) when (error.KeyIsMissing)
        {
            throw new InvalidInputException("--data", data.Root, $"these are not the keys of this database ({error.Message.TrimEnd('.')}); name the data folder that belongs to it, or restore a backup.", error);
        }
        catch (SealedDataException)
        {
            // One damaged text must not keep a clinic from its record; the check names it.
        }
    }
}
