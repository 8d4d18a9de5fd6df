// document-storage: keeps files somewhere else, and hands out links to fetch and to upload them.
//
// On a page:
//
//   <div data-integration="document-storage@^2" data-integration-capabilities="upload-links,download-links">
//     <label for="file">Contract</label> <input id="file" name="file" type="file" data-slot="file">
//     <button type="button" data-slot="upload">Upload</button>
//     <ul data-slot="list"></ul>
//   </div>
//
// Bytes never pass through your server: `upload` answers an address for one file, and the browser sends the file there
// (Dropbox: POST with Content-Type application/octet-stream; OneDrive: PUT with a Content-Range). Names are names in one
// folder, without a slash. Put a check of your own before these operations: whoever may call them reads that folder.
//
// Sources: dropbox.com/developers/documentation/http/documentation (links live four hours),
// learn.microsoft.com/graph/api/driveitem-createuploadsession, driveitem-get, driveitem-list-children.

/// Keeps documents in one folder, and gives links that work for a while.
integration document-storage {
  version 2.0.0
  author "fxc"
  modified 2026-11-22
  tags files
  docs "https://www.dropbox.com/developers/documentation/http/documentation"

  label "Documents"
  purpose "Keep files that people hand in, and give them back"
  render file-upload
  provides documents

  slot file: input
  slot upload: button
  slot list: any?

  event uploading(link: Link)

  type Link { url: url  expires: string? }
  type Document { name: string  size: int?  modified: string? }

  /// An address that one file can be sent to.
  operation upload(name: string) -> Link
  /// An address that a file can be fetched from, for a few hours.
  operation download(name: string) -> Link
  /// What lies in the folder; the first page of it.
  operation documents() -> Document[]

  // Files in a drive of Microsoft 365; the token is one of Microsoft Entra's, and lives about an hour.
  release v1 = 1.2.0 stable {
    released 2025-05-01
    provider onedrive
    features upload-links, download-links, listing
    env GRAPH_TOKEN: secret
    env GRAPH_DRIVE: string
    config { folder = "Documents"  conflict = "rename" }
    upload = post "https://graph.microsoft.com/v1.0/drives/{env.GRAPH_DRIVE}/root:/{config.folder}/{name}:/createUploadSession" {
      bearer env.GRAPH_TOKEN
      json { item = { "@microsoft.graph.conflictBehavior" = config.conflict } }
      result { url = "/uploadUrl"  expires = "/expirationDateTime" }
    }
    download = get "https://graph.microsoft.com/v1.0/drives/{env.GRAPH_DRIVE}/root:/{config.folder}/{name}" {
      bearer env.GRAPH_TOKEN
      result { url = "/@microsoft.graph.downloadUrl" }
    }
    documents = get "https://graph.microsoft.com/v1.0/drives/{env.GRAPH_DRIVE}/root:/{config.folder}:/children" {
      bearer env.GRAPH_TOKEN
      each "/value"
      result { name = "/name"  size = "/size"  modified = "/lastModifiedDateTime" }
    }
  }

  // An app with its own folder; its tokens live four hours.
  release v2 = 2.0.0 stable {
    released 2026-01-15
    provider dropbox
    features upload-links, download-links, listing
    env DROPBOX_TOKEN: secret /^sl\./
    config { folder = "/documents"  duration = 14400 }
    upload = post "https://api.dropboxapi.com/2/files/get_temporary_upload_link" {
      bearer env.DROPBOX_TOKEN
      json {
        commit_info = { path = "{config.folder}/{name}"  mode = "add"  autorename = true }
        duration = config.duration
      }
      result { url = "/link" }
    }
    download = post "https://api.dropboxapi.com/2/files/get_temporary_link" {
      bearer env.DROPBOX_TOKEN
      json { path = "{config.folder}/{name}" }
      result { url = "/link" }
    }
    documents = post "https://api.dropboxapi.com/2/files/list_folder" {
      bearer env.DROPBOX_TOKEN
      json { path = config.folder }
      each "/entries"
      result { name = "/name"  size = "/size"  modified = "/server_modified" }
    }
  }

  active v2
  fallback v2 -> static  // not to the other provider: the files lie with the first

  production {
    monitoring { track_usage = true  alert_on_errors = true }
  }

  budget 35s
  repeatable upload, download, documents  // a second link runs out unused
  limits {
    concurrency 8
    timeout 10s
    retry 2 exponential 500ms..4s
    breaker 5 failures reset 60s
  }

  alert {
    error-rate > 2% over 5m
    latency-p95 > 3s over 5m
  }
}
