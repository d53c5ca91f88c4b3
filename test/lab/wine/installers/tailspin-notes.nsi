; A program that a user installs for himself alone: everything lies in his profile and his hive.
Unicode true
Target amd64-unicode
SilentInstall silent
SilentUnInstall silent
RequestExecutionLevel user
Name "Tailspin Notes"
OutFile "${OUTPUT}"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\TailspinNotes"

Section
  SetShellVarContext current
  StrCpy $INSTDIR "$LOCALAPPDATA\Programs\Tailspin Notes"
  SetOutPath "$INSTDIR"
  File /oname=notes.exe "${PROGRAM}"
  WriteRegStr HKCU "${ENTRY}" "DisplayName" "Tailspin Notes ${VERSION}"
  WriteRegStr HKCU "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${ENTRY}" "Publisher" "Tailspin Toys – Überraschung 玩具"
  WriteRegStr HKCU "${ENTRY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteUninstaller "$INSTDIR\uninstall.exe"
SectionEnd

Section Uninstall
  SetShellVarContext current
  StrCpy $INSTDIR "$LOCALAPPDATA\Programs\Tailspin Notes"
  DeleteRegKey HKCU "${ENTRY}"
  Delete "$INSTDIR\notes.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
SectionEnd
